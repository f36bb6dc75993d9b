package dev.convoy.training;

import dev.convoy.data.Batch;
import dev.convoy.data.Dataset;
import dev.convoy.models.Model;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;

/**
 * Finds data that does not fit model and loss, and says what would.
 *
 * @param model that is trained
 * @param loss that compares
 * @param expected what a batch of targets looks like
 * @param classes how many classes class numbers may name, or 0 if targets are no class numbers
 */
record TargetCheck(Model model, Loss loss, TensorSpec expected, int classes) {

    static TargetCheck of(Model model, Loss loss, TensorSpec expected) {
        Shape prediction = model.outputs().firstEntry().getValue().shape();
        return new TargetCheck(model, loss, expected, expected.type().isInteger() ? prediction.size(-1) : 0);
    }

    void fits(String what, Dataset data) {
        Trainer.require(data.size() > 0, "the " + what + " is empty");
        TensorSpec declared = model.inputs().firstEntry().getValue();
        TensorSpec input =
                declared.withShape(declared.shape().slice(1, declared.shape().rank()));
        Trainer.require(
                input.accepts(data.input()),
                "the " + what + " does not fit the model: a sample's input is expected as " + input + ", got "
                        + data.input()
                        + remedyForInput(input.shape(), data.input().shape()));
        TensorSpec target =
                expected.withShape(expected.shape().slice(1, expected.shape().rank()));
        Trainer.require(
                target.accepts(data.target()),
                "the " + what + " does not fit the loss " + loss.name() + ": a sample's target is expected as " + target
                        + ", got " + data.target() + remedyForTarget(target, data.target()));
    }

    private static String remedyForInput(Shape expected, Shape got) {
        return expected.rank() == got.rank() + 1 && expected.dim(-1).toString().equals("1")
                ? ". Remedy: reshape the data, it lacks the axis of channels"
                : "";
    }

    private static String remedyForTarget(TensorSpec expected, TensorSpec got) {
        if (expected.type().isInteger()
                && got.shape().rank() == expected.shape().rank() + 1) {
            return ". Remedy: these look one-hot; take CATEGORICAL_CROSSENTROPY, or give class numbers";
        }
        if (got.type().isInteger() && got.shape().rank() + 1 == expected.shape().rank()) {
            return ". Remedy: these look like class numbers; take SPARSE_CATEGORICAL_CROSSENTROPY, or give one-hot"
                    + " targets";
        }
        return "";
    }

    /** Class numbers are those of classes. */
    void inRange(Batch batch) {
        if (classes == 0) {
            return;
        }
        Tensor targets = batch.targets();
        for (int i = 0; i < targets.size(); i++) {
            double label = targets.get(i);
            Trainer.require(
                    label >= 0 && label < classes,
                    "label " + (long) label + " is out of range; the model tells " + classes
                            + " classes apart, labels are 0 to " + (classes - 1));
        }
    }
}
