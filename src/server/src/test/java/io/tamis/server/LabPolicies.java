package io.tamis.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The repository's bundle with some laboratory datasets added, a budget family for each group of tests: {@code lab-1} and
 * so on, owner {@code lab}, three declared arms, one person in at most two of them.
 */
final class LabPolicies {
    private static final int FAMILIES = 12;

    private static final String DATASET = """
            apiVersion: policy/v1
            kind: Dataset
            id: lab-{family}
            owner: lab
            steward: { person: u-1, department: lab }
            nationalGrade: GENERAL
            sharing: PUBLISHED
            consent: SEPARATE
            pia: { id: pia-lab, purposes: [AUDIENCE_INSIGHT, CLV_MODELLING], validUntil: "2099-12-31" }
            minUsers: 50
            rowCapacity: 1000000
            unit: { column: person, semantic: ACCOUNT_ID, groupsMax: 2, rowsMax: 20000 }
            columns:
              - { name: person, type: string, level: L4, flags: [PERSONAL], semantic: ACCOUNT_ID, labelledBy: STEWARD, uses: [JOIN_ONLY], countMax: 5 }
              - { name: arm, type: string, level: L2, flags: [PERSONAL], semantic: CATEGORY, labelledBy: STEWARD, uses: [GROUP_KEY, FILTER_ONLY], domain: [alpha, beta, gamma] }
              - { name: spend, type: decimal, scale: 2, level: L3, flags: [PERSONAL], semantic: AMOUNT_USD, labelledBy: STEWARD, uses: [AGGREGATE_ONLY, FILTER_ONLY], clamp: { min: 0, max: 1000 } }
            """;

    private LabPolicies() {}

    static Path write(Path folder) {
        Path source = Path.of("../../policies").toAbsolutePath().normalize();
        try {
            copy(source, folder);
            for (int family = 1; family <= FAMILIES; family++) {
                Files.writeString(
                        folder.resolve("datasets/lab-" + family + ".yaml"),
                        DATASET.replace("{family}", Integer.toString(family)));
            }
            Path bundle = folder.resolve("bundle.yaml");
            String added = IntStream.rangeClosed(1, FAMILIES)
                    .mapToObj(family -> ", datasets/lab-" + family + ".yaml")
                    .collect(Collectors.joining());
            String text = Files.readString(bundle);
            String listed = text.replace("datasets/shop-users.yaml", "datasets/shop-users.yaml" + added);
            Files.writeString(bundle, listed);
            return folder;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void copy(Path source, Path target) throws IOException {
        try (var files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Path copy = target.resolve(source.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }
}
