package dev.convoy.spi.interpret;

import dev.convoy.graph.ControlOp.Scan;
import dev.convoy.graph.Value;
import dev.convoy.tensor.DataType.Storage;
import java.util.List;

/** Runs the body of a {@link Scan} once per element of the scanned axis. */
final class ScanKernel implements Kernel {

    private final Scan scan;
    private final Program body;
    private final int[] inputSlots;
    private final List<Value> takes;
    private final List<Value> gives;

    /** What a session keeps: the body's arrays, the current slices, and the carried values before and after a run. */
    private record Workspace(Frame frame, Object[] slices, Object[][] carried) {}

    ScanKernel(Scan scan, Program body) {
        this.scan = scan;
        this.body = body;
        inputSlots = body.inputs().values().stream().mapToInt(Integer::intValue).toArray();
        takes = List.copyOf(body.graph().inputs().values());
        gives = List.copyOf(body.graph().outputs().values());
    }

    @Override
    public Object newWorkspace() {
        List<Value> carried = takes.subList(0, scan.carried());
        List<Value> scanned = takes.subList(scan.carried(), scan.carried() + scan.scanned());
        return new Workspace(
                body.newFrame(), newArrays(scanned), new Object[][] {newArrays(carried), newArrays(carried)});
    }

    private static Object[] newArrays(List<Value> values) {
        return values.stream().map(v -> storage(v).newArray(elements(v))).toArray();
    }

    @Override
    public void run(Arguments arguments) {
        Workspace workspace = (Workspace) arguments.workspace();
        Frame frame = workspace.frame();
        Object[] now = workspace.carried()[0];
        Object[] next = workspace.carried()[1];
        int listed = scan.carried() + scan.scanned();
        for (int i = 0; i < scan.carried(); i++) {
            System.arraycopy(arguments.input(i), 0, now[i], 0, elements(takes.get(i)));
        }
        for (int i = listed; i < takes.size(); i++) {
            frame.set(inputSlots[i], arguments.input(i));
        }
        for (int turn = 0; turn < scan.length(); turn++) {
            int element = scan.reverse() ? scan.length() - 1 - turn : turn;
            for (int i = 0; i < listed; i++) {
                frame.set(inputSlots[i], i < scan.carried() ? now[i] : slice(arguments, workspace, i, element));
            }
            frame.run();
            for (int i = 0; i < gives.size(); i++) {
                int length = elements(gives.get(i));
                Object given = frame.get(gives.get(i));
                if (i < scan.carried()) {
                    System.arraycopy(given, 0, next[i], 0, length);
                } else if (arguments.wants(i)) {
                    System.arraycopy(given, 0, arguments.output(i), element * length, length);
                }
            }
            Object[] swap = now;
            now = next;
            next = swap;
        }
        frame.release();
        for (int i = 0; i < scan.carried(); i++) {
            if (arguments.wants(i)) {
                System.arraycopy(now[i], 0, arguments.output(i), 0, elements(takes.get(i)));
            }
        }
    }

    private Object slice(Arguments arguments, Workspace workspace, int input, int element) {
        Object slice = workspace.slices()[input - scan.carried()];
        int length = elements(takes.get(input));
        System.arraycopy(arguments.input(input), element * length, slice, 0, length);
        return slice;
    }

    private static Storage storage(Value value) {
        return value.spec().type().storage();
    }

    private static int elements(Value value) {
        return Math.toIntExact(value.shape().elements());
    }
}
