package dev.convoy.benchmarks.race;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The most float32 operations per second that the machine does: fused multiply-adds on registers, as wide as they are. */
public final class FmaPeak {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int CHAINS = 12;
    private static final int ITERATIONS = 2_000_000;
    private static final int TRIALS = 12;
    private static final int OPERATIONS = 2;

    private FmaPeak() {}

    /**
     * The best of some trials, in GFLOP/s; takes about a second.
     *
     * @param threads that work at once
     */
    public static double gigaflops(int threads) {
        double best = 0;
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (int trial = 0; trial < TRIALS; trial++) {
                long begin = System.nanoTime();
                List<Future<Float>> sums = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    sums.add(pool.submit(() -> chains(1e-9f)));
                }
                for (Future<Float> sum : sums) {
                    if (Float.isNaN(sum.get())) {
                        throw new IllegalStateException("The sums of small numbers are numbers");
                    }
                }
                double operations = (double) OPERATIONS * CHAINS * SPECIES.length() * ITERATIONS * threads;
                best = Math.max(best, operations / (System.nanoTime() - begin));
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("The peak was not measured", e);
        }
        return best;
    }

    /** Chains that do not wait for each other: enough of them to hide the latency of two units of four cycles each. */
    private static float chains(float start) {
        FloatVector x = FloatVector.broadcast(SPECIES, 0.999f);
        FloatVector y = FloatVector.broadcast(SPECIES, start);
        FloatVector a = y;
        FloatVector b = y;
        FloatVector c = y;
        FloatVector d = y;
        FloatVector e = y;
        FloatVector f = y;
        FloatVector g = y;
        FloatVector h = y;
        FloatVector i = y;
        FloatVector j = y;
        FloatVector k = y;
        FloatVector l = y;
        for (int n = 0; n < ITERATIONS; n++) {
            a = a.fma(x, y);
            b = b.fma(x, y);
            c = c.fma(x, y);
            d = d.fma(x, y);
            e = e.fma(x, y);
            f = f.fma(x, y);
            g = g.fma(x, y);
            h = h.fma(x, y);
            i = i.fma(x, y);
            j = j.fma(x, y);
            k = k.fma(x, y);
            l = l.fma(x, y);
        }
        FloatVector low = a.add(b).add(c).add(d).add(e).add(f);
        return low.add(g).add(h).add(i).add(j).add(k).add(l).reduceLanes(VectorOperators.ADD);
    }
}
