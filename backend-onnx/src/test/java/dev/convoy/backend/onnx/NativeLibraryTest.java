package dev.convoy.backend.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** ELF files written by hand, by the ELF-64 specification: one segment of 1000 bytes behind the headers. */
class NativeLibraryTest {

    private static final int SEGMENT = 120;
    private static final int SIZE = SEGMENT + 1000;

    private static byte[] elf(int machine) {
        ByteBuffer file = ByteBuffer.allocate(SEGMENT).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        file.putShort(18, (short) machine);
        file.putLong(32, 64);
        file.putShort(54, (short) 56);
        file.putShort(56, (short) 1);
        file.putInt(64, 1);
        file.putLong(72, SEGMENT);
        file.putLong(96, 1000);
        return file.array();
    }

    private static String fault(byte[] start, long size, String architecture) {
        return NativeLibrary.elfFault(start, size, architecture).orElseThrow();
    }

    @Test
    void wholeLibrariesOfTheMachineAreFine() {
        assertEquals(Optional.empty(), NativeLibrary.elfFault(elf(62), SIZE, "amd64"));
        assertEquals(Optional.empty(), NativeLibrary.elfFault(elf(183), SIZE, "aarch64"));
    }

    @Test
    void anotherProcessorIsNamed() {
        assertEquals("is for another processor than amd64 (ELF machine 183)", fault(elf(183), SIZE, "amd64"));
        assertEquals("is for another processor than riscv64 (ELF machine 62)", fault(elf(62), SIZE, "riscv64"));
    }

    @Test
    void cutLibrariesAreDamaged() {
        assertEquals("is damaged: it ends at byte 1119, its segment 0 at 1120", fault(elf(62), SIZE - 1, "amd64"));
        byte[] start = elf(62);
        for (int length = 0; length < SEGMENT; length++) {
            byte[] cut = java.util.Arrays.copyOf(start, length);
            assertTrue(fault(cut, length, "amd64").startsWith("is damaged"));
        }
    }

    @Test
    void whatIsNoElfFileIsDamaged() {
        assertEquals("is damaged: it is no 64-bit ELF file", fault(new byte[4096], 4096, "amd64"));
    }

    @Test
    void segmentsBeyondAllNumbersAreDamaged() {
        byte[] file = elf(62);
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(96, Long.MAX_VALUE);
        assertTrue(fault(file, SIZE, "amd64").startsWith("is damaged"));
    }
}
