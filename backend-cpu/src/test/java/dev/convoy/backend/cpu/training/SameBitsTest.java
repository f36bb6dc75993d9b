package dev.convoy.backend.cpu.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.convoy.models.Model;
import dev.convoy.spi.BackendOptions;
import dev.convoy.tensor.Parameters;
import dev.convoy.training.Losses;
import dev.convoy.training.Trainer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same seed gives the same bits, in any run and for any number of threads; large enough to be split. */
class SameBitsTest {

    static Stream<Arguments> networks() {
        return Stream.of(
                Arguments.of("lenet", (Supplier<Model>) TrainedNetworks::lenet),
                Arguments.of("fashion", (Supplier<Model>) TrainedNetworks::fashion),
                Arguments.of("residual", (Supplier<Model>) TrainedNetworks::residual));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void anyNumberOfThreads(String name, Supplier<Model> network) {
        Model model = network.get();
        Parameters one = trained(model, 1);
        assertNotEquals(model.parameters(), one);
        assertEquals(one, trained(model, 1), "a second run");
        assertEquals(one, trained(model, 2), "two threads");
        assertEquals(one, trained(model, 3), "three threads");
    }

    private static Parameters trained(Model model, int threads) {
        return Trainer.of(model)
                .loss(Losses.SPARSE_CATEGORICAL_CROSSENTROPY)
                .batchSize(24)
                .epochs(2)
                .options(BackendOptions.defaults().withThreads(threads))
                .on("cpu")
                .fit(TrainedNetworks.pictures(model))
                .model()
                .parameters();
    }
}
