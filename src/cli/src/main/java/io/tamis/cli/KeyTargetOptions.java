package io.tamis.cli;

import io.tamis.cli.client.ClientException;
import io.tamis.data.Json;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whose entries: a person's, or a class and month's. */
final class KeyTargetOptions {
    @Option(
            names = "--subject-ref",
            paramLabel = "HEX",
            description = "one person's, by the platform's 64-digit reference")
    Optional<String> subject = Optional.empty();

    @Option(names = "--retention", paramLabel = "CLASS", description = "access, decisions or accounts; with --month")
    Optional<String> retention = Optional.empty();

    @Option(names = "--month", paramLabel = "YYYY-MM", description = "the month they were recorded in")
    Optional<String> month = Optional.empty();

    /** True when one of both is said, as it should be. */
    boolean given() {
        if (retention.isPresent() != month.isPresent() || (subject.isPresent() && month.isPresent())) {
            throw ClientException.usage("give --subject-ref, or --retention with --month");
        }
        return subject.isPresent() || month.isPresent();
    }

    void into(Json.Builder body) {
        subject.ifPresent(hex -> body.put("subjectRef", hex));
        retention.ifPresent(name -> body.put("retention", name));
        month.ifPresent(text -> body.put("month", text));
    }
}
