package dev.convoy.cli;

import dev.convoy.data.Dataset;
import dev.convoy.data.Preprocessing;
import dev.convoy.data.Split;
import dev.convoy.tensor.TensorSpec;
import java.util.Optional;

/**
 * Pictures to train on and to test with.
 *
 * @param train what a network learns from; names its classes
 * @param validation what is measured on after each epoch, if the source has pictures for it
 * @param test what is measured on at the end
 * @param preprocessing what makes a network's input of a picture
 * @param source where they come from, for people
 */
record Pictures(Dataset train, Optional<Dataset> validation, Dataset test, Preprocessing preprocessing, String source) {

    /** The same with a share of each training class held out to validate on, instead of what there is for it. */
    Pictures holdOut(double share, long seed) {
        Split split = train.splitByClass(1 - share, seed);
        return new Pictures(split.first(), Optional.of(split.second()), test, preprocessing, source);
    }

    /** One picture, {@code [h, w, c]}. */
    TensorSpec input() {
        return train.input();
    }

    int classes() {
        return train.classNames().size();
    }
}
