package dev.convoy.training;

/** A metric that nobody knows which way it gets better. */
record Named(String name) implements Metric {

    static Metric of(String name) {
        return new Named(name);
    }

    @Override
    public Accumulator start() {
        return Metrics.ACCURACY.start();
    }
}
