package dev.convoy.benchmarks.race;

import dev.convoy.data.Dataset;
import dev.convoy.models.Model;
import dev.convoy.spi.BackendOptions;
import dev.convoy.training.Callback;
import dev.convoy.training.Crossentropy;
import dev.convoy.training.Trainer;
import dev.convoy.training.TrainingContext;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Steps of a training with Adam and cross-entropy through Convoy's public API on the CPU backend, from putting the batch
 * together to the updated weights. The training waits between rounds.
 */
public final class ConvoyTraining implements Contestant {

    /** What the training is to do before it waits again. */
    private record Round(long nanos, Timings timings) {}

    /** Empty to end. */
    private final BlockingQueue<Optional<Round>> rounds = new LinkedBlockingQueue<>();

    /** One for each round, with what made the training fail. */
    private final BlockingQueue<Optional<Throwable>> replies = new LinkedBlockingQueue<>();

    private final Thread thread;

    /**
     * @param model gives logits
     * @param data its inputs and class numbers
     */
    public ConvoyTraining(Model model, Dataset data, int batch, int threads) {
        Trainer trainer = Trainer.of(model)
                .loss(new Crossentropy.Sparse(true))
                .batchSize(batch)
                .epochs(Integer.MAX_VALUE)
                .options(BackendOptions.defaults().withThreads(threads))
                .on("cpu")
                .callbacks(new Clock());
        thread = Thread.ofPlatform().name("convoy-training").daemon().start(() -> {
            try {
                trainer.fit(data);
                replies.add(Optional.of(new IllegalStateException("the training ended before it was stopped")));
            } catch (RuntimeException | Error e) {
                replies.add(Optional.of(e));
            }
        });
    }

    @Override
    public String name() {
        return "Convoy";
    }

    @Override
    public void run(long nanos, Timings timings) {
        rounds.add(Optional.of(new Round(nanos, timings)));
        try {
            replies.take().ifPresent(failure -> {
                throw new IllegalStateException("Convoy's training failed: " + failure.getMessage(), failure);
            });
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted", e);
        }
    }

    @Override
    public void close() {
        rounds.add(Optional.empty());
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /** Takes the time between the ends of neighbouring steps, and waits for rounds. */
    private final class Clock implements Callback {

        private @Nullable Round round;
        private long begin;
        private long last;

        @Override
        public void onTrainBegin(TrainingContext context) {
            await(context);
        }

        @Override
        public void onBatchEnd(TrainingContext context) {
            Round current = round;
            if (current == null) {
                return;
            }
            long now = System.nanoTime();
            current.timings.add(now - last);
            last = now;
            if (now - begin >= current.nanos) {
                replies.add(Optional.empty());
                await(context);
            }
        }

        private void await(TrainingContext context) {
            try {
                round = rounds.take().orElse(null);
            } catch (InterruptedException e) {
                round = null;
            }
            if (round == null) {
                context.stop("measured");
            }
            begin = System.nanoTime();
            last = begin;
        }
    }
}
