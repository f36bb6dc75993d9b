package dev.convoy.benchmarks.race;

import dev.convoy.examples.FashionMnistNetwork;
import dev.convoy.examples.networks.MobileNet;
import dev.convoy.models.Model;
import dev.convoy.models.RandomInputs;
import dev.convoy.tensor.Tensor;

/** Networks that several processes can make alike, by name. */
public enum CalledNetwork {
    FASHION_CNN("Fashion CNN"),
    MOBILENET_035("MobileNet, α 0.35");

    private static final long SEED = 1;

    private final String title;

    CalledNetwork(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    Model model() {
        return switch (this) {
            case FASHION_CNN -> FashionMnistNetwork.model();
            case MOBILENET_035 -> MobileNet.model(0.35);
        };
    }

    /** One picture. */
    static Tensor data(Model model) {
        return RandomInputs.of(model, 1, SEED).firstEntry().getValue();
    }
}
