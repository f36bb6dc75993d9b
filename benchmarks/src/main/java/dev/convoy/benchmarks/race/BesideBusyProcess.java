package dev.convoy.benchmarks.race;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** Another contestant while a process next to it keeps one processor busy. */
public final class BesideBusyProcess implements Contestant {

    private final Contestant contestant;
    private final Child neighbour = new Child(BesideBusyProcess.class);

    public BesideBusyProcess(Contestant contestant) {
        this.contestant = contestant;
    }

    @Override
    public String name() {
        return contestant.name() + " beside a busy process";
    }

    @Override
    public void run(long nanos, Timings timings) {
        exchange("spin");
        contestant.run(nanos, timings);
        exchange("rest");
    }

    private void exchange(String request) {
        neighbour.ask(request);
        neighbour.answer();
    }

    @Override
    public float[] outputs() {
        return contestant.outputs();
    }

    @Override
    public void close() {
        contestant.close();
        neighbour.close();
    }

    private static volatile boolean spinning;

    /** The neighbour: spins from one line to the next. */
    public static void main(String[] arguments) throws IOException {
        Thread spinner = Thread.ofPlatform().daemon().start(() -> {
            while (true) {
                while (spinning) {
                    Thread.onSpinWait();
                }
                LockSupport.park();
            }
        });
        try (BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String request = requests.readLine(); request != null; request = requests.readLine()) {
                spinning = request.equals("spin");
                LockSupport.unpark(spinner);
                System.out.println(request);
            }
        }
    }
}
