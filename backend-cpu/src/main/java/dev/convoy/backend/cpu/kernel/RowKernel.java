package dev.convoy.backend.cpu.kernel;

import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Kernel;
import dev.convoy.spi.interpret.Place;

/**
 * A kernel that writes its result in rows, wherever they lie.
 *
 * @param length of a row
 */
record RowKernel(int length, Kernel kernel) implements Kernel {

    @Override
    public boolean writesTo(Place place) {
        return place.hasRows(length);
    }

    @Override
    public void run(Arguments arguments) {
        kernel.run(arguments);
    }
}
