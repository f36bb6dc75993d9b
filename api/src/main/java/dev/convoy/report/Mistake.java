package dev.convoy.report;

import dev.convoy.data.Image;
import dev.convoy.models.Prediction;

/**
 * A sample that was taken for something else.
 *
 * @param sample its number in the data set
 * @param picture as a person sees it
 * @param truth the number of its class
 * @param prediction what the classifier says of it
 */
public record Mistake(int sample, Image picture, int truth, Prediction prediction) {

    /**
     * @throws IllegalArgumentException if the prediction is right, or knows no such class
     */
    public Mistake {
        if (truth < 0 || truth >= prediction.ranking().size()) {
            throw new IllegalArgumentException(
                    "Class " + truth + " is none of the " + prediction.ranking().size() + " of the prediction");
        }
        if (prediction.best().index() == truth) {
            throw new IllegalArgumentException("Sample " + sample + " is no mistake, it was taken for its own class");
        }
    }
}
