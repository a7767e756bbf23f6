package io.tamis.cli;

import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.Shell;
import io.tamis.cli.client.ShownQuestion;
import io.tamis.data.Json;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * What an owner says of a job, and that it was said by somebody who had read it: of the question whose hash is named, or with a
 * yes typed under it.
 *
 * @param subject the hash that {@code job approval} printed
 */
record Judgement(Verdict verdict, String reason, Optional<String> subject) {
    /** Yes or no. */
    enum Verdict {
        APPROVED("approve"),
        REJECTED("reject");

        private final String verb;

        Verdict(String verb) {
            this.verb = verb;
        }
    }

    private static final String YES = "yes";

    /** Longest line that is read as an answer. */
    private static final int ANSWER_MAX = 80;

    /** Refuses, before anything is asked of the service, where nobody could say that they have read what is shown. */
    void requireSaid(Shell shell, String job) {
        if (subject.isEmpty() && !shell.terminal()) {
            throw ClientException.usage(
                    "nobody is here to read the question: name it with --subject HASH, as ./tamis job approval " + job
                            + " prints it, or run this on a terminal and type yes; nothing was said");
        }
    }

    /** Refuses unless this very question is named, or somebody types yes to it. */
    void requireOf(ShownQuestion shown, Shell shell) {
        if (subject.isPresent()) {
            if (!subject.get().equals(shown.subject().hex())) {
                throw ClientException.usage("what is asked now is not what --subject names; nothing was said");
            }
            return;
        }
        shell.err().print("type yes to " + verdict.verb + " exactly this: ");
        shell.err().flush();
        if (!line(shell).strip().equals(YES)) {
            throw ClientException.usage("not yes; nothing was said");
        }
    }

    /** What is posted of it. */
    Json.Obj body(ShownQuestion shown) {
        return Json.object()
                .put("verdict", verdict.name())
                .put("reason", reason)
                .put("subjectHash", shown.subject().hex())
                .build();
    }

    /** What was said, for people. */
    String word() {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    private static String line(Shell shell) {
        var line = new StringBuilder();
        try {
            int next = shell.in().read();
            while (next >= 0 && next != '\n' && line.length() < ANSWER_MAX) {
                line.append((char) next);
                next = shell.in().read();
            }
        } catch (IOException nobodyThere) {
            return "";
        }
        return line.toString();
    }
}
