package io.tamis.cli;

/** Entry point. */
public final class TamisCli {
    private TamisCli() {}

    /** Runs a command. */
    public static void main(String... args) {}
}
