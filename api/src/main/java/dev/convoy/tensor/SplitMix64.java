package dev.convoy.tensor;

/**
 * A counter-based generator of pseudo-random numbers: the n-th number depends on seed, stream and n alone, so that any
 * thread and any backend draws the same. The mixing function is that of SplitMix64 (Steele, Lea and Flood, Fast
 * Splittable Pseudorandom Number Generators, 2014).
 */
public final class SplitMix64 {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final long base;

    private SplitMix64(long base) {
        this.base = base;
    }

    /** The numbers of a seed. */
    public static SplitMix64 of(long seed) {
        return new SplitMix64(mix(seed));
    }

    /** Numbers that are independent of these and of those of other names. */
    public SplitMix64 stream(String name) {
        long hash = base;
        for (int i = 0; i < name.length(); i++) {
            hash = mix(hash + GOLDEN_GAMMA + name.charAt(i));
        }
        return new SplitMix64(hash);
    }

    /** Numbers that are independent of these and of those of other indices. */
    public SplitMix64 stream(long index) {
        return new SplitMix64(mix(mix(base + GOLDEN_GAMMA) ^ mix(index)));
    }

    /** 64 random bits. */
    public long bits(long n) {
        return mix(base + (n + 1) * GOLDEN_GAMMA);
    }

    /** Uniform in {@code [0, 1)}, a multiple of 2^-53. */
    public double uniform(long n) {
        return (bits(n) >>> 11) * 0x1p-53;
    }

    /** Standard normal, by the method of Box and Muller from the uniform numbers 2n and 2n + 1. */
    public double gaussian(long n) {
        double radius = Math.sqrt(-2 * StrictMath.log(1 - uniform(2 * n)));
        return radius * StrictMath.cos(2 * Math.PI * uniform(2 * n + 1));
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
