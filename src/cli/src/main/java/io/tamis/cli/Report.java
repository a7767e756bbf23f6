package io.tamis.cli;

import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Problem;
import io.tamis.cli.client.Shell;
import java.util.function.Consumer;

/** Tells a command's end: as JSON for scripts or as text for people, a refusal always as one line on standard error. */
record Report(Shell shell, boolean json) {
    /** Shows the answer and returns the exit status; {@code text} prints a yes for people. */
    int show(Answer answer, Consumer<JsonView> text) {
        return switch (answer) {
            case Answer.Ok ok -> {
                if (json) {
                    shell.out().println(ok.json().canonical());
                } else {
                    text.accept(ok.view());
                }
                yield ExitCode.DONE.number();
            }
            case Answer.Refused refused -> refused(refused.problem());
        };
    }

    /** Shows a refusal and returns the exit status. */
    int refused(Problem problem) {
        if (json) {
            shell.out().println(problem.body().canonical());
        }
        shell.err().println(problem.line());
        var body = JsonView.of(problem.body());
        for (String id : new String[] {"jobId", "eventId", "requestId"}) {
            if (!body.at(id).text().isEmpty()) {
                shell.err().println("  " + id + " " + body.at(id).text());
            }
        }
        return problem.exit().number();
    }
}
