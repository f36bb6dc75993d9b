package dev.convoy.backend.cpu.machine;

import jdk.incubator.vector.VectorShape;

/**
 * How wide the vectors are that the Vector API prefers on this machine, or C2 makes of plain loops. Of the Vector API's
 * classes this loads only those of shapes: to load the others takes as long as to read a small model, and is left to the
 * thread that warms up.
 */
public final class VectorWidth {

    /** The module of the Vector API. */
    public static final String MODULE = "jdk.incubator.vector";

    /** Numbers of 32 bits in a vector; 0 where neither the Vector API nor the JVM says it. */
    public static final int LANES = ModuleLayer.boot().findModule(MODULE).isPresent()
            ? Preferred.BITS / Float.SIZE
            : HotSpot.number("MaxVectorSize") / Float.BYTES;

    /** What computes with such vectors is called. */
    public static final String NAME = "Vector API " + LANES * Float.SIZE + " bit";

    private VectorWidth() {}

    private static final class Preferred {

        static final int BITS = VectorShape.preferredShape().vectorBitSize();
    }
}
