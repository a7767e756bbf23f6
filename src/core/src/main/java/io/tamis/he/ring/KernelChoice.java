package io.tamis.he.ring;

import java.util.Locale;
import java.util.Optional;

/**
 * Which kernel this process computes with, and why: for the log and for health. Both kernels put the same bits on the
 * wire; the scalar one is some ten times slower.
 *
 * @param kernel what is used
 * @param reason why, for people
 */
public record KernelChoice(Name kernel, String reason) {
    /** System property: {@code auto} (default), {@code fma} or {@code scalar}; without it, {@link #VARIABLE}. */
    public static final String PROPERTY = "tamis.he.kernel";

    /** Environment variable of the same meaning. */
    public static final String VARIABLE = "TAMIS_HE_KERNEL";

    /** The kernels. */
    public enum Name {
        /** Double fused multiply-adds, vectorised. */
        FMA,
        /** 64-bit integers. */
        SCALAR
    }

    /** Probed once a process, at first use. */
    private static final class Probed {
        static final KernelChoice CHOICE = of(Optional.ofNullable(System.getProperty(PROPERTY))
                .or(() -> Optional.ofNullable(System.getenv(VARIABLE)))
                .orElse("auto"));
    }

    /** The choice of this process; the first call takes some milliseconds. */
    public static KernelChoice current() {
        return Probed.CHOICE;
    }

    /** The choice that a value of {@link #PROPERTY} means. */
    static KernelChoice of(String setting) {
        return switch (setting.toLowerCase(Locale.ROOT)) {
            case "fma" -> new KernelChoice(Name.FMA, "set by " + PROPERTY);
            case "scalar" -> new KernelChoice(Name.SCALAR, "set by " + PROPERTY);
            case "auto" -> KernelProbe.choose();
            default -> throw new IllegalArgumentException(PROPERTY + " is auto, fma or scalar");
        };
    }

    Kernel kernelFor(Tables tables) {
        return switch (kernel) {
            case FMA -> new FmaKernel(tables);
            case SCALAR -> new ScalarShoupKernel(tables);
        };
    }
}
