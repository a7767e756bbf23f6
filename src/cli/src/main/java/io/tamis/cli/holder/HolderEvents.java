package io.tamis.cli.holder;

import io.tamis.cli.client.Shell;
import io.tamis.data.Json;

/** Tells what a holder does: a line on standard error for people, or an object a line on standard output for programs. */
final class HolderEvents {
    private final Shell shell;
    private final boolean json;

    HolderEvents(Shell shell, boolean json) {
        this.shell = shell;
        this.json = json;
    }

    /** Something happened to what is named; words that a server sent are printed without control characters. */
    void tell(String event, String subject, String more) {
        if (json) {
            var line = Json.object()
                    .put("at", shell.clock().instant().toString())
                    .put("event", event)
                    .put("subject", subject);
            if (!more.isEmpty()) {
                line.put("more", more);
            }
            shell.out().println(line.build().canonical());
            shell.out().flush();
        } else {
            String text = "holder: " + event + " " + subject + (more.isEmpty() ? "" : " " + more);
            shell.err().println(text.replaceAll("\\p{C}", "?"));
        }
    }
}
