package dev.convoy.graph.update;

import dev.convoy.graph.Check;
import dev.convoy.graph.CompositeOp;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.stream.Stream;

/**
 * One step of an optimizer for one parameter. Operands: parameter and gradient of the same spec; the learning rate, a
 * scalar of their type; the step, an int64 scalar that is 1 at the first; then the slots. Results: the parameter after
 * the step, then the slots after it.
 *
 * <ul>
 *   <li>C1: four operands and one for each slot, of the types named.
 *   <li>C2: parameter, gradient and slots of the parameter's shape agree; learning rate and step are scalars.
 * </ul>
 *
 * <p>An element of a moment that falls below {@link Moments#SMALLEST} in size becomes 0, so that decaying moments do not
 * stay among the denormal numbers, which are slow.
 *
 * <p>Open to users: implement it as a record whose components are the optimizer's settings.
 */
public interface UpdateOp extends CompositeOp {

    /**
     * A tensor that the optimizer keeps for each parameter.
     *
     * @param name Keras' name
     * @param initial the value of every element before the first step
     * @param scalar whether it is one number instead of one for each element
     */
    record Slot(String name, double initial, boolean scalar) {

        /** A slot with an element for each of the parameter's, 0 at first. */
        public static Slot zeros(String name) {
            return new Slot(name, 0, false);
        }

        /** The spec for a parameter. */
        public TensorSpec spec(TensorSpec parameter) {
            return scalar ? parameter.withShape(Shape.SCALAR) : parameter;
        }
    }

    /** What a formula reads. */
    record Operands(Value parameter, Value gradient, Value learningRate, Value step, List<Value> slots) {}

    /** The slots that the op takes and gives, in order. */
    List<Slot> slots();

    /** The formula. */
    List<Value> write(GraphBuilder g, Operands operands);

    @Override
    default List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        return write(g, checked(inputs));
    }

    @Override
    default List<TensorSpec> infer(List<TensorSpec> inputs) {
        Check.of(name())
                .that(
                        inputs.size() == 4 + slots().size(),
                        "C1",
                        "there are four operands and one for each slot",
                        4 + slots().size(),
                        inputs.size());
        return Stream.concat(Stream.of(inputs.getFirst()), inputs.stream().skip(4))
                .toList();
    }

    private Operands checked(List<Value> inputs) {
        Check check = Check.of(this, inputs);
        check.that(
                inputs.size() == 4 + slots().size(),
                "C1",
                "there are four operands and one for each slot",
                4 + slots().size(),
                inputs.size());
        TensorSpec parameter = inputs.getFirst().spec();
        check.that(parameter.type().isReal(), "C1", "the parameter is real", DataType.FLOAT32, parameter.type());
        check.that(
                inputs.get(1).spec().equals(parameter),
                "C2",
                "the gradient has the parameter's spec",
                parameter,
                inputs.get(1).spec());
        TensorSpec rate = parameter.withShape(Shape.SCALAR);
        check.that(
                inputs.get(2).spec().equals(rate),
                "C2",
                "the learning rate is a scalar of the parameter's type",
                rate,
                inputs.get(2).spec());
        TensorSpec step = new TensorSpec(DataType.INT64, Shape.SCALAR);
        check.that(
                inputs.get(3).spec().equals(step),
                "C2",
                "the step is an int64 scalar",
                step,
                inputs.get(3).spec());
        for (int i = 0; i < slots().size(); i++) {
            TensorSpec expected = slots().get(i).spec(parameter);
            TensorSpec got = inputs.get(4 + i).spec();
            check.that(
                    got.equals(expected),
                    "C2",
                    "slot '" + slots().get(i).name() + "' fits the parameter",
                    expected,
                    got);
        }
        return new Operands(
                inputs.getFirst(), inputs.get(1), inputs.get(2), inputs.get(3), inputs.subList(4, inputs.size()));
    }
}
