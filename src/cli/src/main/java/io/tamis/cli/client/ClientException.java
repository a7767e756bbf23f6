package io.tamis.cli.client;

import io.tamis.data.Code;
import io.tamis.data.TamisException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** The command cannot go on: no service, no token, no readable file, a refusal. It says what to do, to who sits there. */
public final class ClientException extends TamisException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exit;
    private final String advice;
    private final transient Optional<Problem> problem;

    /** An exception with this code, exit status and way out. */
    public ClientException(Code code, ExitCode exit, String advice) {
        super(code);
        this.exit = Objects.requireNonNull(exit);
        this.advice = Objects.requireNonNull(advice);
        this.problem = Optional.empty();
    }

    /** As above, with its cause. */
    public ClientException(Code code, ExitCode exit, String advice, Throwable cause) {
        super(code, cause);
        this.exit = Objects.requireNonNull(exit);
        this.advice = Objects.requireNonNull(advice);
        this.problem = Optional.empty();
    }

    private ClientException(Problem problem) {
        super(Arrays.stream(Code.values())
                .filter(code -> code.name().equals(problem.code()))
                .findFirst()
                .orElse(Code.INTERNAL));
        this.exit = problem.exit();
        this.advice = problem.line();
        this.problem = Optional.of(problem);
    }

    /** A file or argument that cannot be used. */
    public static ClientException usage(String advice) {
        return new ClientException(Code.INVALID_REQUEST, ExitCode.USAGE, advice);
    }

    /** The service cannot be reached. */
    public static ClientException unreachable(String advice, Throwable cause) {
        return new ClientException(Code.NOT_READY, ExitCode.UNAVAILABLE, advice, cause);
    }

    /** The service refused, and the command ends with that. */
    public static ClientException refused(Problem problem) {
        return new ClientException(problem);
    }

    /** The process's exit status. */
    public ExitCode exit() {
        return exit;
    }

    /** What is wrong here and what to do about it, in one line. */
    public String advice() {
        return advice;
    }

    /** The service's refusal, when that is what ended the command. */
    public Optional<Problem> problem() {
        return problem;
    }
}
