package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.thread.Threads;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Kernel;
import dev.convoy.spi.interpret.Place;
import dev.convoy.tensor.Shape;
import java.util.List;

/**
 * Runs a loop over arrays that are all indexed alike, the only form that C2 vectorises reliably. Where an operand is
 * stretched, chunks of the operands are laid out first.
 */
final class Flat implements Kernel {

    /** Computes elements {@code [from, to)} of y from the same elements of the operands. */
    @FunctionalInterface
    interface Loop {
        void run(Object[] operands, Object y, int from, int to);
    }

    private static final int CHUNK = 1024;

    private final List<Operand> operands;
    private final Operand result;
    private final boolean direct;
    private final int size;
    private final int grain;
    private final Loop loop;
    private final Threads threads;

    /**
     * @param grain elements that are worth a thread's while
     */
    Flat(Node node, int grain, Loop loop, Threads threads) {
        Shape y = node.output().shape();
        operands = node.inputs().stream()
                .map(Value::spec)
                .map(spec -> Operand.of(spec, y))
                .toList();
        result = Operand.of(node.output().spec(), y);
        direct = operands.stream().allMatch(Operand::isDirect);
        size = Math.toIntExact(y.elements());
        this.grain = grain;
        this.loop = loop;
        this.threads = threads;
    }

    @Override
    public boolean writesTo(Place place) {
        return true;
    }

    @Override
    public void run(Arguments arguments) {
        Object[] arrays = new Object[operands.size()];
        for (int i = 0; i < arrays.length; i++) {
            arrays[i] = arguments.input(i);
        }
        Object y = arguments.output(0);
        Place place = arguments.place();
        if (direct && place.equals(Place.WHOLE)) {
            threads.range(size, grain, (from, to) -> loop.run(arrays, y, from, to));
        } else {
            threads.range(size, Math.max(grain, CHUNK), (from, to) -> chunks(arrays, y, place, from, to));
        }
    }

    private void chunks(Object[] arrays, Object y, Place place, int from, int to) {
        int length = Math.min(CHUNK, to - from);
        Object[] chunks = operands.stream().map(o -> o.newChunk(length)).toArray();
        Object target = result.newChunk(length);
        for (int start = from; start < to; start += length) {
            int end = Math.min(to, start + length);
            for (int i = 0; i < arrays.length; i++) {
                operands.get(i).read(arrays[i], chunks[i], start, end);
            }
            loop.run(chunks, target, 0, end - start);
            place.copy(target, 0, y, start, end);
        }
    }
}
