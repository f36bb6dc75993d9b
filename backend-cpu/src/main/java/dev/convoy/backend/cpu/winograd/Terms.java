package dev.convoy.backend.cpu.winograd;

/** The elements of G of {@link Winograd#F4}: those of 0, of the near points ±3/4 and of the far points ±3/2. */
final class Terms {

    static final float ZERO_0 = of(0, 0);
    static final float NEAR_0 = of(1, 0);
    static final float NEAR_1 = of(1, 1);
    static final float NEAR_2 = of(1, 2);
    static final float FAR_0 = of(3, 0);
    static final float FAR_1 = of(3, 1);
    static final float FAR_2 = of(3, 2);

    private Terms() {}

    private static float of(int point, int power) {
        return (float) Winograd.F4.g(point, power);
    }
}
