package dev.convoy.training;

import dev.convoy.models.Model;
import dev.convoy.tensor.Parameters;
import java.util.Optional;
import java.util.SequencedMap;

/** What a {@link Callback} sees of a training, and how it steers it. Belongs to the thread that trains. */
public interface TrainingContext {

    /** Where the training stands. */
    Progress progress();

    /**
     * What each epoch measures, by name in the order of {@link Progress#values}: loss and metrics, then those of the
     * validation data; with the direction that is better, {@link MonitorMode#AUTO} where a metric does not say.
     */
    SequencedMap<String, MonitorMode> measured();

    /** The model as it is now; the parameters come from the backend when they are asked for. */
    Model model();

    /**
     * Goes on with other parameters; what the optimizer keeps stays.
     *
     * @throws IllegalArgumentException if these are not parameters of the model
     */
    void replaceParameters(Parameters parameters);

    /** The learning rate of the next batch: that of the schedule, scaled, as float32. */
    double learningRate();

    /**
     * Multiplies the learning rates of the following batches, on top of the schedule.
     *
     * @throws TrainingException if the factor is not positive and finite
     */
    void scaleLearningRate(double factor);

    /**
     * Ends the training after this batch or epoch. Within an epoch the rest of it is left out; a checkpoint is written, if
     * the trainer has a file for it, and a resumed training goes on there. The first reason counts.
     *
     * @param reason for {@link Training#stopped}
     */
    void stop(String reason);

    /** Why the training is about to end, if someone stopped it. */
    Optional<String> stopped();
}
