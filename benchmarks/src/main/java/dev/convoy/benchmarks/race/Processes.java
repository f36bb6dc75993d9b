package dev.convoy.benchmarks.race;

import dev.convoy.models.Model;
import dev.convoy.models.Predictor;
import dev.convoy.spi.BackendOptions;
import dev.convoy.tensor.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * Processes next to each other, each of which makes the network and predicts on one thread. A run is a round of all; its time
 * is that of the round divided by the predictions that all of them made.
 */
public final class Processes implements Contestant {

    private final List<Child> children;

    public Processes(int count, CalledNetwork network) {
        children = Stream.generate(() -> new Child(Processes.class, network.name()))
                .limit(count)
                .toList();
    }

    @Override
    public String name() {
        return children.size() + " processes";
    }

    @Override
    public void run(long nanos, Timings timings) {
        long begin = System.nanoTime();
        children.forEach(child -> child.ask(Long.toString(nanos)));
        long predictions = 0;
        for (Child child : children) {
            predictions += Long.parseLong(child.answer());
        }
        timings.add((System.nanoTime() - begin) / predictions);
    }

    @Override
    public void close() {
        children.forEach(Child::close);
    }

    /** One of the processes. Argument: a {@link CalledNetwork}. Predicts for so many nanoseconds as each line says. */
    public static void main(String[] arguments) throws IOException {
        Model model = CalledNetwork.valueOf(arguments[0]).model();
        Tensor data = CalledNetwork.data(model);
        BackendOptions options = BackendOptions.defaults().withThreads(1);
        try (Predictor predictor = Predictor.of(model, "cpu", options);
                BufferedReader requests =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String request = requests.readLine(); request != null; request = requests.readLine()) {
                long nanos = Long.parseLong(request);
                long begin = System.nanoTime();
                int predictions = 0;
                do {
                    predictor.predict(data);
                    predictions++;
                } while (System.nanoTime() - begin < nanos);
                System.out.println(predictions);
            }
        }
    }
}
