package io.tamis.he.ring;

/** An integer modulo each prime of a ring; made by {@link Ring#constant}. */
public final class RnsConstant {
    final long[] residues;

    RnsConstant(long[] residues) {
        this.residues = residues;
    }
}
