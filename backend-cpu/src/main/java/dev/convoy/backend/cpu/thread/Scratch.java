package dev.convoy.backend.cpu.thread;

/** An array of each thread that grows with what is asked for and keeps nothing from one use to the next. */
public final class Scratch {

    private final ThreadLocal<float[]> arrays = ThreadLocal.withInitial(() -> new float[0]);

    /** This thread's array, of at least {@code length} elements, whatever they are. */
    public float[] array(int length) {
        float[] array = arrays.get();
        if (array.length < length) {
            array = new float[length];
            arrays.set(array);
        }
        return array;
    }
}
