package io.tamis.policy.load;

import io.tamis.data.Code;
import io.tamis.data.Column;
import io.tamis.data.ColumnName;
import io.tamis.data.ConsentClass;
import io.tamis.data.DataException;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.Flag;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.Level;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import io.tamis.data.PolicyRole;
import io.tamis.data.Purpose;
import io.tamis.policy.Action;
import io.tamis.policy.Context;
import io.tamis.policy.PiaState;
import io.tamis.policy.PolicyBundle;
import io.tamis.policy.Question;
import io.tamis.policy.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads {@code cases/*.yaml} beside a bundle. They are tests of the bundle, not part of it, and of a server's start.
 *
 * @param problems what is wrong with the files; the cases of a wrong file are left out
 */
public record GoldenCases(List<GoldenCase> cases, List<Problem> problems) {
    private static final int FILES_MAX = 100;
    private static final int CASES_MAX = 10_000;

    public GoldenCases {
        cases = List.copyOf(cases);
        problems = List.copyOf(problems);
    }

    /** The cases in the folder of this bundle; none when it has no {@code cases/}. */
    public static GoldenCases load(Path folder, PolicyBundle bundle) {
        var problems = new Problems();
        var cases = new ArrayList<GoldenCase>();
        for (Path file : files(folder.resolve("cases"), problems)) {
            String name = "cases/" + file.getFileName();
            try {
                Yaml document = YamlReader.read(BundleFolder.readAtMost(file, YamlReader.FILE_BYTES_MAX + 1));
                List<Problem> wrong = Schemas.check("cases", name, document, problems.room());
                problems.addAll(wrong);
                if (wrong.isEmpty()) {
                    cases.addAll(new Reader(name, bundle, problems).read(document));
                }
            } catch (YamlReader.Refused refused) {
                problems.add(name, "", refused.getMessage());
            } catch (IOException unreadable) {
                problems.add(name, "", "cannot be read");
            }
        }
        return new GoldenCases(cases, problems.list());
    }

    private static List<Path> files(Path folder, Problems problems) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(file -> file.getFileName().toString().endsWith(".yaml"))
                    .sorted()
                    .limit(FILES_MAX)
                    .toList();
        } catch (IOException unreadable) {
            problems.add("cases", "", "cannot be read");
            return List.of();
        }
    }

    /** Turns one document into cases. */
    private record Reader(String file, PolicyBundle bundle, Problems problems) {
        List<GoldenCase> read(Yaml document) {
            List<Json> items = new JsonFields(document.toJson()).list("cases", CASES_MAX, item -> item);
            var cases = new ArrayList<GoldenCase>();
            var ids = new HashSet<String>();
            for (int i = 0; i < items.size(); i++) {
                String pointer = "/cases/" + i;
                var fields = new JsonFields(items.get(i));
                String id = fields.string("id", 200);
                if (!ids.add(id)) {
                    problems.add(file, pointer + "/id", "names two cases");
                }
                Json expect = fields.value("expect");
                JsonFields ask = fields.object("ask");
                problems.reading(
                                new Problem(file, pointer + "/ask", "asks about no declared column, or no such day"),
                                () -> question(ask))
                        .ifPresent(question -> cases.add(new GoldenCase(id, question, GoldenCase.expectation(expect))));
            }
            return cases;
        }

        private Question question(JsonFields ask) {
            Optional<String> column = ask.optionalString("column", 200);
            Optional<Purpose> purpose = ask.optionalConstant("purpose", Purpose.class);
            Question.Builder question =
                    column.isPresent() ? about(column.get(), ask.string("asOf", 10), purpose) : attributes(ask);
            purpose.ifPresent(question::purpose);
            question.role(ask.constant("role", PolicyRole.class))
                    .context(ask.constant("context", Context.class))
                    .action(ask.constant("action", Action.class))
                    .region(ask.constant("region", Region.class))
                    .approvals((int) ask.optionalInteger("approvals", 0, Question.APPROVALS_MAX)
                            .orElse(0))
                    .strongAuth(ask.flag("strongAuth"))
                    .dpoApproval(ask.flag("dpoApproval"));
            ask.optionalInteger("cohort", 0, Integer.MAX_VALUE).ifPresent(cohort -> question.cohort((int) cohort));
            ask.optionalInteger("rhoMicro", 0, MicroRho.VALUE_MAX).ifPresent(cost -> question.rho(new MicroRho(cost)));
            ask.optionalInteger("epsilonMicro", 0, MicroEpsilon.VALUE_MAX)
                    .ifPresent(cost -> question.epsilon(new MicroEpsilon(cost)));
            return question.build();
        }

        private Question.Builder about(String reference, String asOf, Optional<Purpose> purpose) {
            String[] parts = reference.split("#", 2);
            Dataset dataset = Optional.ofNullable(bundle.datasets().get(new DatasetId(parts[0])))
                    .orElseThrow(GoldenCases::unknown);
            Column column = dataset.column(new ColumnName(parts[1])).orElseThrow(GoldenCases::unknown);
            LocalDate day = day(asOf);
            if (purpose.isPresent()) {
                return Question.about(dataset, column, purpose.get(), day);
            }
            return Question.asking()
                    .level(column.level())
                    .flags(column.flags())
                    .semantic(column.semantic())
                    .consent(dataset.consent())
                    .pia(PiaState.NONE);
        }

        private static Question.Builder attributes(JsonFields ask) {
            Set<Flag> flags = EnumSet.noneOf(Flag.class);
            ask.optionalList("flags", 16, item -> JsonFields.text(item, 32))
                    .forEach(name -> flags.add(Constants.named(name, Flag.class)));
            return Question.asking()
                    .level(ask.constant("level", Level.class))
                    .flags(flags)
                    .consent(ask.constant("consent", ConsentClass.class))
                    .pia(ask.constant("pia", PiaState.class));
        }

        private static LocalDate day(String text) {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeException _) {
                throw unknown();
            }
        }
    }

    private static DataException unknown() {
        return new DataException(Code.INVALID_REQUEST);
    }
}
