package io.tamis.cli.client;

/** What a command's end tells a script; the numbers follow sysexits where one fits. */
public enum ExitCode {
    /** Done. */
    DONE(0),
    /** An answer that is not a yes: refused, failed, not verified. */
    NO(1),
    /** The command was written wrongly, or a file it names is not readable. */
    USAGE(2),
    /** The service or a tool is not there. */
    UNAVAILABLE(69),
    /** An error of ours. */
    INTERNAL(70),
    /** Not now; the same command may succeed later. */
    LATER(75),
    /** The token is missing or unreadable, or does not allow this. */
    FORBIDDEN(77);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** The process's exit status. */
    public int number() {
        return number;
    }

    /** The exit code of a response with this HTTP status. */
    public static ExitCode ofStatus(int status) {
        return switch (status) {
            case 401, 403 -> FORBIDDEN;
            case 429, 503 -> LATER;
            default -> status >= 500 ? INTERNAL : NO;
        };
    }
}
