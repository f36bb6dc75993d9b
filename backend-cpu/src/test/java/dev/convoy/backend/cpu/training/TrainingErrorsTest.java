package dev.convoy.backend.cpu.training;

import static dev.convoy.layers.Activations.SOFTMAX;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Dataset;
import dev.convoy.graph.GraphException;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.Input;
import dev.convoy.models.Functional;
import dev.convoy.models.Model;
import dev.convoy.models.Sequential;
import dev.convoy.models.Symbol;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import dev.convoy.training.Losses;
import dev.convoy.training.Optimizer;
import dev.convoy.training.Schedule;
import dev.convoy.training.Trainer;
import dev.convoy.training.TrainingException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The errors that learners make, each with its one message. */
class TrainingErrorsTest {

    private static final Model CLASSIFIER =
            Sequential.of(Input.of(4, 1), Flatten.of(), Dense.of(3).activation(SOFTMAX));
    private static final Tensor INPUTS = Tensor.zeros(TensorSpec.float32(2, 4, 1));
    private static final Tensor ONE_HOT = Tensor.of(new float[] {1, 0, 0, 0, 1, 0}, 2, 3);
    private static final Dataset GOOD = labels(0, 2);

    /** A mistake and the whole message that it gets. */
    record Mistake(String what, String message, Runnable action) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Dataset labels(int... labels) {
        return Dataset.of(INPUTS, Tensor.of(labels, labels.length));
    }

    private static Mistake fit(String what, String message, Trainer trainer, Dataset data) {
        return new Mistake(what, message, () -> trainer.on("cpu").fit(data));
    }

    static Stream<Mistake> mistakes() {
        Trainer sparse = Trainer.of(CLASSIFIER).loss(Losses.SPARSE_CATEGORICAL_CROSSENTROPY);
        Model number = Sequential.of(Input.of(4, 1), Flatten.of(), Dense.of(1));
        Symbol input = Symbol.input(4);
        Model twoOutputs =
                Functional.of("twins", List.of(input), List.of(input.to(Dense.of(1)), input.to(Dense.of(1))));
        return Stream.of(
                fit(
                        "label too large",
                        "Training: label 3 is out of range; the model tells 3 classes apart, labels are 0 to 2."
                                + " Remedy: number the classes from 0, or give the last layer more units",
                        sparse,
                        labels(0, 3)),
                fit(
                        "label negative",
                        "Training: label -1 is out of range; the model tells 3 classes apart, labels are 0 to 2."
                                + " Remedy: number the classes from 0, or give the last layer more units",
                        sparse,
                        labels(-1, 1)),
                fit(
                        "validation label too large",
                        "Training: label 7 is out of range; the model tells 3 classes apart, labels are 0 to 2."
                                + " Remedy: number the classes from 0, or give the last layer more units",
                        sparse.validation(labels(7, 1)),
                        GOOD),
                fit(
                        "inputs without the axis of channels",
                        "Training: the training data does not fit the model: a sample's input is expected as"
                                + " float32[4, 1], got float32[4]. Remedy: reshape the inputs, they lack the axis of"
                                + " channels",
                        sparse,
                        Dataset.of(INPUTS.reshape(2, 4), Tensor.of(new int[] {0, 1}, 2))),
                fit(
                        "inputs of another shape",
                        "Training: the training data does not fit the model: a sample's input is expected as"
                            + " float32[4, 1], got float32[2, 2]. Remedy: give the model such an Input, or bring the"
                            + " data to its shape",
                        sparse,
                        Dataset.of(INPUTS.reshape(2, 2, 2), Tensor.of(new int[] {0, 1}, 2))),
                fit(
                        "inputs of another type",
                        "Training: the training data does not fit the model: a sample's input is expected as"
                                + " float32[4, 1], got int32[4, 1]. Remedy: convert the inputs to float32",
                        sparse,
                        Dataset.of(Tensor.of(new int[8], 2, 4, 1), Tensor.of(new int[] {0, 1}, 2))),
                fit(
                        "one-hot against the sparse loss",
                        "Training: the training data does not fit the loss sparse_categorical_crossentropy: a sample's"
                                + " target is expected as int32[], got float32[3]. Remedy: these look one-hot; take"
                                + " CATEGORICAL_CROSSENTROPY, or give class numbers",
                        sparse,
                        Dataset.of(INPUTS, ONE_HOT)),
                fit(
                        "class numbers against the dense loss",
                        "Training: the training data does not fit the loss categorical_crossentropy: a sample's target"
                                + " is expected as float32[3], got int32[]. Remedy: these look like class numbers; take"
                                + " SPARSE_CATEGORICAL_CROSSENTROPY, or give one-hot targets",
                        sparse.loss(Losses.CATEGORICAL_CROSSENTROPY),
                        GOOD),
                fit(
                        "class numbers as float32",
                        "Training: the training data does not fit the loss sparse_categorical_crossentropy: a sample's"
                                + " target is expected as int32[], got float32[]. Remedy: convert the targets to int32",
                        sparse,
                        Dataset.of(INPUTS, Tensor.of(new float[] {0, 1}, 2))),
                fit(
                        "numbers without the last axis",
                        "Training: the training data does not fit the loss mean_squared_error: a sample's target is"
                            + " expected as float32[1], got float32[]. Remedy: reshape the targets, they lack the last"
                            + " axis",
                        Trainer.of(number).loss(Losses.MEAN_SQUARED_ERROR),
                        Dataset.of(INPUTS, Tensor.of(new float[] {0, 1}, 2))),
                fit(
                        "loss on the wrong output",
                        "Training: the loss does not fit the model's output dense=float32[batch, 1]: Loss:"
                            + " sparse_categorical_crossentropy needs predictions with an axis of two or more classes"
                            + " at the end; expected [n, …, classes], got [batch, 1]. [loss.L2]. Remedy: take another"
                            + " loss, or give the last layer as many units as there are classes",
                        Trainer.of(number).loss(Losses.SPARSE_CATEGORICAL_CROSSENTROPY),
                        GOOD),
                fit(
                        "no loss",
                        "Training: no loss is given. Remedy: add .loss(…), for class numbers"
                                + " SPARSE_CATEGORICAL_CROSSENTROPY",
                        Trainer.of(CLASSIFIER),
                        GOOD),
                fit(
                        "no parameters",
                        "Training: model 'sequential' has no parameter that trains. Remedy: add a layer with weights,"
                                + " such as Dense",
                        Trainer.of(Sequential.of(Input.of(4, 1), Flatten.of()))
                                .loss(Losses.SPARSE_CATEGORICAL_CROSSENTROPY),
                        GOOD),
                fit(
                        "everything frozen",
                        "Training: model 'sequential' has no parameter that trains. Remedy: freeze fewer layers",
                        Trainer.of(CLASSIFIER.frozen(Set.of("dense"))).loss(Losses.SPARSE_CATEGORICAL_CROSSENTROPY),
                        GOOD),
                fit(
                        "two outputs",
                        "Training: only models with one input and one output are supported; 'twins' has inputs [input]"
                                + " and outputs [dense, dense_1]. Remedy: a model of the part with one of each",
                        Trainer.of(twoOutputs).loss(Losses.MEAN_SQUARED_ERROR),
                        GOOD),
                new Mistake(
                        "no samples",
                        "The data set is empty: inputs float32[0, 4, 1]",
                        () -> Dataset.of(Tensor.zeros(TensorSpec.float32(0, 4, 1)), Tensor.of(new int[0], 0))),
                fit("empty data set", "Training: the training data is empty", sparse, new Empty()),
                fit("empty validation", "Training: the validation data is empty", sparse.validation(new Empty()), GOOD),
                new Mistake(
                        "learning rate 0",
                        "Schedule: a learning rate is positive; expected > 0, got 0.0. [schedule.S1]",
                        () -> Optimizer.adam().learningRate(0)),
                new Mistake(
                        "learning rate negative",
                        "Schedule: a learning rate is positive; expected > 0, got -0.1. [schedule.S1]",
                        () -> Optimizer.sgd().learningRate(-0.1)),
                new Mistake(
                        "decay over no steps",
                        "Schedule: the number of steps is positive; expected > 0, got 0.0. [schedule.S1]",
                        () -> new Schedule.ExponentialDecay(0.1, 0, 0.9, false)),
                new Mistake("no epochs", "Training: epochs is at least 1, got 0", () -> sparse.epochs(0)),
                new Mistake("no batch", "Training: the batch size is at least 1, got 0", () -> sparse.batchSize(0)),
                new Mistake(
                        "negative class weight",
                        "Training: classes are numbered from 0 and their weights not negative, got 1: -2.0",
                        () -> sparse.classWeights(Map.of(1, -2.0))));
    }

    /** A data set of nobody's making but a user's. */
    private record Empty() implements Dataset {
        @Override
        public int size() {
            return 0;
        }

        @Override
        public TensorSpec input() {
            return TensorSpec.float32(4, 1);
        }

        @Override
        public TensorSpec target() {
            return TensorSpec.of(dev.convoy.tensor.DataType.INT32);
        }

        @Override
        public dev.convoy.data.Batch batch(int[] samples) {
            throw new IndexOutOfBoundsException(samples[0]);
        }
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void everyMistakeHasItsMessage(Mistake mistake) {
        RuntimeException thrown =
                assertThrows(RuntimeException.class, () -> mistake.action().run());
        assertEquals(mistake.message(), thrown.getMessage());
        assertTrue(
                thrown instanceof TrainingException
                        || thrown instanceof GraphException
                        || thrown instanceof IllegalArgumentException,
                () -> thrown.getClass().toString());
    }

    @Test
    void anUnknownBackendIsNamed() {
        Trainer trainer = Trainer.of(CLASSIFIER)
                .loss(Losses.SPARSE_CATEGORICAL_CROSSENTROPY)
                .on("abacus");
        RuntimeException thrown = assertThrows(RuntimeException.class, () -> trainer.fit(GOOD));
        assertTrue(thrown.getMessage().contains("abacus") && thrown.getMessage().contains("cpu"), thrown::getMessage);
    }
}
