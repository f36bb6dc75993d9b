package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * {@code scale · x + offset} (Keras 3 {@code Rescaling}); integers become float32 first. {@code of(1 / 127.5).offset(-1)}
 * takes pixels to [-1, 1].
 *
 * @param scale one number, or one for each element of the last axis
 * @param offset the same; 0 by default
 */
public record Rescaling(List<Double> scale, List<Double> offset) implements ActivationLayer {

    /**
     * @throws dev.convoy.graph.GraphException if a list is empty
     */
    public Rescaling {
        scale = List.copyOf(scale);
        offset = List.copyOf(offset);
        Check.of("Rescaling")
                .that(
                        !scale.isEmpty() && !offset.isEmpty(),
                        "L1",
                        "scale and offset have at least one number",
                        ">= 1 number",
                        scale + " and " + offset);
    }

    /** Without an offset. */
    public static Rescaling of(double... scale) {
        return new Rescaling(DoubleStream.of(scale).boxed().toList(), List.of(0.0));
    }

    public Rescaling offset(double... value) {
        return new Rescaling(scale, DoubleStream.of(value).boxed().toList());
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        Value real = x.spec().type().isReal() ? x : g.cast(x, DataType.FLOAT32);
        return g.add(g.mul(real, constant(g, scale, real)), constant(g, offset, real));
    }

    private static Value constant(GraphBuilder g, List<Double> numbers, Value x) {
        float[] values = new float[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers.get(i).floatValue();
        }
        Tensor tensor = values.length == 1 ? Tensor.scalar(values[0]) : Tensor.of(values, values.length);
        return g.cast(g.constant(tensor), x.spec().type());
    }
}
