package dev.convoy.training;

import dev.convoy.data.Batch;
import dev.convoy.data.Dataset;
import dev.convoy.graph.GraphException;
import dev.convoy.models.Model;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;

/**
 * Finds data that does not fit model and loss, and says what would.
 *
 * @param task that the data is for
 * @param input what a sample's input looks like
 * @param target what a sample's target looks like
 * @param loss that compares
 * @param classes how many classes class numbers may name, or 0 if targets are no class numbers
 */
record TargetCheck(Task task, TensorSpec input, TensorSpec target, Loss loss, int classes) {

    /**
     * @throws TrainingException if the loss is not for the model's output
     */
    static TargetCheck of(LossGraph graph, Task task) {
        Model model = graph.model();
        Loss loss = graph.loss();
        TensorSpec prediction = model.outputs().firstEntry().getValue();
        try {
            TensorSpec target = loss.target(prediction);
            int classes = target.type().isInteger() ? prediction.shape().size(-1) : 0;
            return new TargetCheck(task, sample(model.inputs().firstEntry().getValue()), sample(target), loss, classes);
        } catch (GraphException e) {
            throw new TrainingException(
                    task.title() + ": the loss does not fit the model's output "
                            + model.outputs().firstEntry() + ": " + e.getMessage()
                            + ". Remedy: take another loss, or give the last layer as many units as there are classes",
                    e);
        }
    }

    private static TensorSpec sample(TensorSpec batch) {
        return batch.withShape(batch.shape().slice(1, batch.shape().rank()));
    }

    /**
     * @param what the data is
     */
    void fits(String what, Dataset data) {
        task.require(data.size() > 0, "the " + what + " is empty");
        task.require(
                input.accepts(data.input()),
                "the " + what + " does not fit the model: a sample's input is expected as " + input + ", got "
                        + data.input() + remedyForInput(data.input()));
        task.require(
                target.accepts(data.target()),
                "the " + what + " does not fit the loss " + loss.name() + ": a sample's target is expected as " + target
                        + ", got " + data.target() + remedyForTarget(data.target()));
    }

    private String remedyForInput(TensorSpec got) {
        if (input.accepts(got.withType(input.type()))) {
            return ". Remedy: convert the inputs to " + input.type();
        }
        boolean lacksChannels = input.shape().rank() == got.shape().rank() + 1
                && input.shape().dim(-1).isKnown()
                && input.shape().size(-1) == 1;
        return lacksChannels
                ? ". Remedy: reshape the inputs, they lack the axis of channels"
                : ". Remedy: give the model such an Input, or bring the data to its shape";
    }

    private String remedyForTarget(TensorSpec got) {
        Shape shape = target.shape();
        if (target.accepts(got.withType(target.type()))) {
            return ". Remedy: convert the targets to " + target.type();
        }
        if (target.type().isInteger() && got.shape().rank() == shape.rank() + 1) {
            return ". Remedy: these look one-hot; take CATEGORICAL_CROSSENTROPY, or give class numbers";
        }
        if (got.shape().rank() + 1 == shape.rank() && shape.dim(-1).isKnown()) {
            return shape.size(-1) == 1
                    ? ". Remedy: reshape the targets, they lack the last axis"
                    : ". Remedy: these look like class numbers; take SPARSE_CATEGORICAL_CROSSENTROPY, or give one-hot"
                            + " targets";
        }
        return ". Remedy: give the last layer as many units as a target has elements, or take another loss";
    }

    /** Class numbers are those of classes. */
    void inRange(Batch batch) {
        if (classes == 0) {
            return;
        }
        Tensor targets = batch.targets();
        for (int i = 0; i < targets.size(); i++) {
            int label = (int) targets.get(i);
            task.require(
                    label >= 0 && label < classes,
                    "label " + label + " is out of range; the model tells " + classes
                            + " classes apart, labels are 0 to " + (classes - 1)
                            + ". Remedy: number the classes from 0, or give the last layer more units");
        }
    }
}
