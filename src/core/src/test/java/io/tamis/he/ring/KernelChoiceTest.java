package io.tamis.he.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class KernelChoiceTest {
    private static final Tables TABLES = new Tables(Primes.AGG_4096.getFirst(), Shape.of(4096));

    @Test
    void setting_namesTheKernel() {
        assertInstanceOf(FmaKernel.class, KernelChoice.of("fma").kernelFor(TABLES));
        assertInstanceOf(ScalarShoupKernel.class, KernelChoice.of("scalar").kernelFor(TABLES));
        assertEquals(KernelChoice.Name.SCALAR, KernelChoice.of("Scalar").kernel());
    }

    @Test
    void setting_thatIsNone_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> KernelChoice.of("avx"));
        assertThrows(IllegalArgumentException.class, () -> KernelChoice.of(""));
    }

    /** Which one depends on the machine; that it is told why does not. */
    @Test
    void auto_choosesAndSaysWhy() {
        KernelChoice choice = KernelChoice.of("auto");
        assertTrue(choice.reason().contains("fused") || choice.reason().contains("kernel"));
        assertEquals(KernelChoice.current(), KernelChoice.current());
    }

    /** Emulated multiply-adds take microseconds: whatever measures more than 200 ns chooses the other kernel. */
    @Test
    void probe_ofSlowMultiplyAdds_choosesScalar() {
        assertEquals(KernelChoice.Name.SCALAR, KernelProbe.choose(201).kernel());
        assertEquals(KernelChoice.Name.FMA, KernelProbe.choose(200).kernel());
    }
}
