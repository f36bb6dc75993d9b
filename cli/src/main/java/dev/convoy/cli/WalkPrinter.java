package dev.convoy.cli;

import dev.convoy.tensor.Tensor;
import dev.convoy.walkthrough.ConvolutionStep;
import dev.convoy.walkthrough.ConvolutionWalk;
import dev.convoy.walkthrough.Decimals;
import dev.convoy.walkthrough.OutputSize;
import dev.convoy.walkthrough.PoolingStep;
import dev.convoy.walkthrough.PoolingWalk;
import dev.convoy.walkthrough.Step;
import dev.convoy.walkthrough.Walkthrough;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Prints a walkthrough as one writes it on paper. */
final class WalkPrinter {

    /** Matrices with more rows or columns are not drawn below a step. */
    private static final int DRAWN = 16;

    private final Walkthrough walk;
    private final Terminal terminal;

    WalkPrinter(Walkthrough walk, Terminal terminal) {
        this.walk = walk;
        this.terminal = terminal;
    }

    /** The window on the input and what is known of the result. */
    private void draw(int done) {
        Step step = walk.step(done);
        int[] sizes = walk.input().shape().sizes();
        for (int channel = 0; channel < sizes[2]; channel++) {
            if (step instanceof PoolingStep && channel != step.channel()) {
                continue;
            }
            String[][] cells = cells(walk.input(), channel);
            for (int row = 0; row < sizes[0]; row++) {
                for (int column = 0; column < sizes[1]; column++) {
                    boolean under = step.patch().covers(row, column);
                    cells[row][column] = under ? "[" + cells[row][column] + "]" : cells[row][column] + " ";
                }
            }
            terminal.out().println();
            table(cells);
        }
        String[][] known = new String[walk.height().value()][walk.width().value()];
        for (String[] row : known) {
            Arrays.fill(row, "·");
        }
        int area = walk.height().value() * walk.width().value();
        for (int i = step.channel() * area; i <= done; i++) {
            Step earlier = walk.step(i);
            known[earlier.row()][earlier.column()] = Decimals.shortest(earlier.value());
        }
        terminal.out().println();
        table(known);
        terminal.out().println();
    }

    /** Every step, the result, its size and the number of parameters; waits after each step if asked to. */
    void all(boolean wait) throws IOException {
        boolean waiting = wait;
        int[] sizes = walk.input().shape().sizes();
        boolean small = IntStream.of(
                        sizes[0], sizes[1], walk.height().value(), walk.width().value())
                .allMatch(size -> size <= DRAWN);
        for (int i = 0; i < walk.count(); i++) {
            step(i);
            if (waiting) {
                if (small) {
                    draw(i);
                }
                terminal.out().print("Enter: go on, q: end ");
                terminal.out().flush();
                String answer = terminal.in().readLine();
                if (answer != null && answer.strip().equalsIgnoreCase("q")) {
                    return;
                }
                waiting = answer != null;
            }
        }
        terminal.out().println();
        terminal.out().println("Result");
        result();
        terminal.out().println();
        size("Height", walk.height());
        size("Width", walk.width());
        switch (walk) {
            case ConvolutionWalk convolution ->
                terminal.out().println("Parameters: " + convolution.parameters().formula());
            case PoolingWalk _ -> terminal.out().println("Parameters: none");
        }
    }

    /** One step, counted from 0. */
    void step(int index) {
        Step step = walk.step(index);
        String channel = walk.channels() == 1 ? "" : ", " + step.channel();
        terminal.out()
                .println("Step " + (index + 1) + " of " + walk.count() + ", result [" + step.row() + ", "
                        + step.column() + channel + "]: " + step.patch());
        if (step instanceof ConvolutionStep convolution && convolution.sums().size() > 1) {
            int number = 0;
            for (ConvolutionStep.ChannelSum sum : convolution.sums()) {
                terminal.out().println("  channel " + number + ": " + sum.equation());
                number++;
            }
        }
        terminal.out().println("  " + step.equation());
    }

    /** The result alone. */
    void result() {
        Tensor output = walk.output();
        for (int channel = 0; channel < walk.channels(); channel++) {
            if (walk.channels() > 1) {
                terminal.out().println("channel " + channel);
            }
            table(cells(output, channel));
        }
    }

    private void size(String name, OutputSize size) {
        terminal.out().println(name + ": " + size.formula());
        if (!size.samePads().isEmpty()) {
            terminal.out().println("  padding 'same': " + size.samePads());
        }
        if (!size.extent().isEmpty()) {
            terminal.out().println("  extent of the dilated kernel: " + size.extent());
        }
    }

    private static String[][] cells(Tensor tensor, int channel) {
        int[] sizes = tensor.shape().sizes();
        String[][] cells = new String[sizes[0]][sizes[1]];
        for (int row = 0; row < sizes[0]; row++) {
            for (int column = 0; column < sizes[1]; column++) {
                double value = tensor.doubles()[(row * sizes[1] + column) * sizes[2] + channel];
                cells[row][column] = Decimals.shortest(value);
            }
        }
        return cells;
    }

    private void table(String[][] cells) {
        int width = Arrays.stream(cells)
                .flatMap(Arrays::stream)
                .mapToInt(String::length)
                .max()
                .orElse(0);
        for (String[] row : cells) {
            StringBuilder line = new StringBuilder();
            for (String cell : row) {
                line.append("  ").append(" ".repeat(width - cell.length())).append(cell);
            }
            terminal.out().println(line.toString().stripTrailing());
        }
    }
}
