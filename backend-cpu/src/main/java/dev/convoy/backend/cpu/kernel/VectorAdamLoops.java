package dev.convoy.backend.cpu.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The loop of {@link FlatLoops#adam} with vectors. */
final class VectorAdamLoops {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

    private VectorAdamLoops() {}

    /** Whole vectors. */
    static void adam(FlatLoops.Adam rule, FlatLoops.AdamArrays a, int from, int to) {
        float[] gradients = a.gradient();
        float[] oldMomentum = a.oldMomentum();
        float[] oldVelocity = a.oldVelocity();
        float[] momenta = a.momentum();
        float[] velocities = a.velocity();
        float[] old = a.old();
        float[] parameter = a.parameter();
        float beta1 = rule.beta1();
        float rest1 = rule.rest1();
        float beta2 = rule.beta2();
        float rest2 = rule.rest2();
        float smallest = rule.smallest();
        float alpha = rule.alpha();
        float epsilon = rule.epsilon();
        for (int i = from; i < to; i += S.length()) {
            FloatVector gradient = FloatVector.fromArray(S, gradients, i);
            FloatVector momentum =
                    FloatVector.fromArray(S, oldMomentum, i).mul(beta1).add(gradient.mul(rest1));
            momentum = momentum.blend(0, momentum.abs().compare(VectorOperators.LT, smallest));
            FloatVector velocity = FloatVector.fromArray(S, oldVelocity, i)
                    .mul(beta2)
                    .add(gradient.mul(gradient).mul(rest2));
            velocity = velocity.blend(0, velocity.abs().compare(VectorOperators.LT, smallest));
            momentum.intoArray(momenta, i);
            velocity.intoArray(velocities, i);
            FloatVector divisor = velocity.lanewise(VectorOperators.SQRT).add(epsilon);
            FloatVector.fromArray(S, old, i)
                    .sub(momentum.mul(alpha).div(divisor))
                    .intoArray(parameter, i);
        }
    }
}
