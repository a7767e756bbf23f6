package io.tamis.cli.client;

import io.tamis.data.Json;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A refusal or error as the service tells it (RFC 9457). */
public record Problem(int status, Json body) {
    /** The stable code; HTTP and the status when the answer was not ours, for example a proxy's. */
    public String code() {
        String code = JsonView.of(body).at("code").text();
        return code.isEmpty() ? "HTTP_" + status : code;
    }

    /** The one line a person reads: code, fixed text, place of a bad row, way out. */
    public String line() {
        var view = JsonView.of(body);
        var line = new StringBuilder(code())
                .append(": ")
                .append(view.at("title").textOr("The answer is not of the documented form."));
        String place = Stream.of("part", "line", "column")
                .filter(member -> !view.at(member).text().isEmpty())
                .map(member -> member + " " + view.at(member).text())
                .collect(Collectors.joining(", "));
        if (!place.isEmpty()) {
            line.append(" (").append(place).append(')');
        }
        if (!code().startsWith("HTTP_")) {
            line.append(" (").append(wayOut(code())).append(')');
        }
        return line.toString();
    }

    /** Where a code's meaning and way out stand. */
    public static String wayOut(String code) {
        return "way out: docs/errors.md#" + code.toLowerCase(Locale.ROOT);
    }

    /** What the exit status of a command that met this must be. */
    public ExitCode exit() {
        return ExitCode.ofStatus(status);
    }
}
