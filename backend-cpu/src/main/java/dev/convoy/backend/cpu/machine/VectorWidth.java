package dev.convoy.backend.cpu.machine;

import jdk.incubator.vector.FloatVector;

/**
 * How wide this machine's vectors are, known without a class of the Vector API: to load that takes as long as to read a
 * small model, and is left to the thread that warms up.
 */
public final class VectorWidth {

    /** Numbers of 32 bits in a vector; 0 where the JVM does not say. */
    public static final int LANES = HotSpot.number("MaxVectorSize") / Float.BYTES;

    /** What computes with such vectors is called. */
    public static final String NAME = "Vector API " + LANES * Float.SIZE + " bit";

    private VectorWidth() {}

    /** Whether the Vector API, which this loads, prefers vectors of the same width; a warning is logged if not. */
    public static boolean isPreferred() {
        return Preferred.LANES == LANES;
    }

    private static final class Preferred {

        static final int LANES = FloatVector.SPECIES_PREFERRED.length();

        static {
            if (LANES != VectorWidth.LANES) {
                System.getLogger(VectorWidth.class.getName())
                        .log(
                                System.Logger.Level.WARNING,
                                "The Vector API prefers vectors of {0} floats, the JVM has {1}: computing without"
                                        + " vectors",
                                LANES,
                                VectorWidth.LANES);
            }
        }
    }
}
