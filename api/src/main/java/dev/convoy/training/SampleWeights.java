package dev.convoy.training;

import dev.convoy.data.Batch;
import dev.convoy.data.Dataset;
import dev.convoy.tensor.Tensor;
import java.util.Map;

/** The weights of samples: their own times those of their classes. */
final class SampleWeights {

    private SampleWeights() {}

    static boolean in(Dataset data) {
        return data.batch(new int[] {0}).weights() != null;
    }

    static Tensor of(Batch samples, Map<Integer, Double> classWeights) {
        float[] weights = new float[samples.size()];
        Tensor own = samples.weights();
        for (int i = 0; i < weights.length; i++) {
            double weight = own == null ? 1 : own.get(i);
            if (!classWeights.isEmpty()) {
                int classes = samples.targets().size() / samples.size();
                weight *= classWeights.getOrDefault(Metrics.wanted(samples.targets(), i, classes), 1.0);
            }
            weights[i] = (float) weight;
        }
        return Tensor.of(weights, weights.length);
    }
}
