package io.tamis.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

    private static final String LINKED = """
            apiVersion: policy/v1
            kind: Dataset
            id: {id}
            owner: {owner}
            steward: { person: u-1, department: lab }
            nationalGrade: GENERAL
            consent: SEPARATE
            pia: { id: pia-lab, purposes: [AD_MEASUREMENT, AUDIENCE_INSIGHT], validUntil: "2099-12-31" }
            minUsers: 50
            rowCapacity: 1000000
            unit: { column: person, semantic: {semantic}, groupsMax: 2, rowsMax: 100 }
            columns:
              - { name: person, type: string, level: L4, flags: [PERSONAL], semantic: {semantic}, labelledBy: STEWARD, uses: [JOIN_ONLY], countMax: 5 }
              - { name: arm, type: string, level: L2, flags: [PERSONAL], semantic: CATEGORY, labelledBy: STEWARD, uses: [GROUP_KEY, FILTER_ONLY], domain: [alpha, beta, gamma] }
            """;

    /** What a search for planted identifiers loads: both kinds of them, and columns for every kind of job. */
    private static final String PLANTED = """
            apiVersion: policy/v1
            kind: Dataset
            id: {id}
            owner: {id}
            steward: { person: u-1, department: lab }
            nationalGrade: GENERAL
            consent: SEPARATE
            pia: { id: pia-lab, purposes: [AD_MEASUREMENT, AUDIENCE_INSIGHT], validUntil: "2099-12-31" }
            minUsers: 50
            rowCapacity: 1000000
            unit: { column: person, semantic: CN_MOBILE, groupsMax: 2, rowsMax: 100 }
            columns:
              - { name: person, type: string, level: L4, flags: [PERSONAL], semantic: CN_MOBILE, labelledBy: STEWARD, uses: [JOIN_ONLY], countMax: 5 }
              - { name: resident_id, type: string, level: L5, flags: [PERSONAL, SENSITIVE_PERSONAL], semantic: CN_ID, labelledBy: STEWARD, uses: [DENY] }
              - { name: taste, type: string, level: L3, flags: [PERSONAL], semantic: CATEGORY, labelledBy: STEWARD, uses: [FILTER_ONLY, GROUP_KEY], keyCapacity: 500 }
              - { name: arm, type: string, level: L2, flags: [PERSONAL], semantic: CATEGORY, labelledBy: STEWARD, uses: [GROUP_KEY, FILTER_ONLY], domain: [alpha, beta, gamma] }
              - { name: shown_on, type: date, level: L2, flags: [PERSONAL], semantic: DATE, labelledBy: STEWARD, uses: [GROUP_KEY, FILTER_ONLY], dateRange: { from: "2026-01-01", to: "2026-12-31" } }
            """;

    /** What jobs under encryption read: a tag of level 4, in datasets that anybody may ask about. */
    private static final String SEALED = """
            apiVersion: policy/v1
            kind: Dataset
            id: {id}
            owner: {id}
            steward: { person: u-1, department: lab }
            nationalGrade: GENERAL
            sharing: PUBLISHED
            consent: SEPARATE
            pia: { id: pia-lab, purposes: [AUDIENCE_INSIGHT], validUntil: "2099-12-31" }
            minUsers: 50
            rowCapacity: 1000
            unit: { column: person, semantic: CN_MOBILE, groupsMax: 1, rowsMax: 1 }
            columns:
              - { name: person, type: string, level: L4, flags: [PERSONAL], semantic: CN_MOBILE, labelledBy: STEWARD, uses: [JOIN_ONLY], countMax: 1 }
              - { name: arm, type: string, level: L2, flags: [PERSONAL], semantic: CATEGORY, labelledBy: STEWARD, uses: [GROUP_KEY, FILTER_ONLY], domain: [alpha, beta] }
              - { name: tag, type: integer, level: L4, flags: [PERSONAL], semantic: SOCIAL_DEGREE, labelledBy: STEWARD, uses: [ENCRYPTED_ONLY], clamp: { min: 0, max: 10 } }
              - { name: resident_id, type: string, level: L5, flags: [PERSONAL, SENSITIVE_PERSONAL], semantic: CN_ID, labelledBy: STEWARD, uses: [DENY] }
            """;

    /** Tags of level 3, so that nobody has to approve. */
    private static final String TAGGED = """
            apiVersion: policy/v1
            kind: Dataset
            id: {id}
            owner: {id}
            steward: { person: u-1, department: lab }
            nationalGrade: GENERAL
            consent: SEPARATE
            pia: { id: pia-lab, purposes: [AUDIENCE_INSIGHT], validUntil: "2099-12-31" }
            minUsers: 50
            rowCapacity: 100000
            unit: { column: person, semantic: CN_MOBILE, groupsMax: 1, rowsMax: 1 }
            columns:
              - { name: person, type: string, level: L4, flags: [PERSONAL], semantic: CN_MOBILE, labelledBy: STEWARD, uses: [JOIN_ONLY], countMax: 1 }
              - { name: arm, type: string, level: L2, flags: [PERSONAL], semantic: CATEGORY, labelledBy: STEWARD, uses: [GROUP_KEY, FILTER_ONLY], domain: [alpha, beta, gamma] }
              - { name: side, type: string, level: L2, flags: [PERSONAL], semantic: CATEGORY, labelledBy: STEWARD, uses: [GROUP_KEY, FILTER_ONLY], domain: [{side}] }
              - { name: orders, type: integer, level: L3, flags: [PERSONAL], semantic: QUANTITY, labelledBy: STEWARD, uses: [AGGREGATE_ONLY, FILTER_ONLY], clamp: { min: 0, max: 10 } }
              - { name: band, type: string, level: L3, flags: [PERSONAL], semantic: CATEGORY, labelledBy: STEWARD, uses: [ENCRYPTED_ONLY], domain: [low, middle, high] }
              - { name: group, type: string, level: L3, flags: [PERSONAL], semantic: CATEGORY, labelledBy: STEWARD, uses: [ENCRYPTED_ONLY], domain: [{side}] }
            """;

    private static final List<String> TAGGED_FAMILIES = List.of("aud-a", "aud-b");

    private static final List<String> SEALED_FAMILIES =
            List.of("seal-a", "seal-b", "seal-c", "seal-d", "tags-a", "tags-b");

    private static final List<String> PLANTED_FAMILIES = List.of("plant-a", "plant-b", "plant-c");

    /** Datasets to be attached to collaborations: id, owner, semantic. A day's rules are per dataset. */
    private static final List<List<String>> LINKED_FAMILIES = List.of(
            List.of("lab-13", "lab", "CN_MOBILE"),
            List.of("lab-14", "lab-b", "CN_MOBILE"),
            List.of("lab-15", "lab-c", "CN_MOBILE"),
            List.of("lab-16", "lab", "ACCOUNT_ID"),
            List.of("link-a", "lab", "CN_MOBILE"),
            List.of("link-b", "lab-b", "CN_MOBILE"),
            List.of("link-c", "lab-c", "CN_MOBILE"),
            List.of("link-d", "lab", "ACCOUNT_ID"),
            List.of("venn-a", "lab", "CN_MOBILE"),
            List.of("venn-b", "lab-b", "CN_MOBILE"),
            List.of("venn-c", "lab-c", "CN_MOBILE"),
            List.of("list-1", "lab", "CN_MOBILE"),
            List.of("list-2", "lab", "CN_MOBILE"),
            List.of("list-3", "lab", "CN_MOBILE"),
            List.of("list-4", "lab", "CN_MOBILE"),
            List.of("list-5", "lab", "CN_MOBILE"),
            List.of("list-6", "lab", "CN_MOBILE"));

    private LabPolicies() {}

    /** Two of them have room for more persons than one ciphertext has places, and nothing of level 5. */
    private static String sealed(String family) {
        String text = SEALED.replace("{id}", family);
        return family.startsWith("tags-")
                ? text.replace("rowCapacity: 1000", "rowCapacity: 20000")
                        .lines()
                        .filter(line -> !line.contains("resident_id"))
                        .collect(Collectors.joining("\n", "", "\n"))
                : text;
    }

    static Path write(Path folder) {
        Path source = Path.of("../../policies").toAbsolutePath().normalize();
        try {
            copy(source, folder);
            for (int family = 1; family <= FAMILIES; family++) {
                Files.writeString(
                        folder.resolve("datasets/lab-" + family + ".yaml"),
                        DATASET.replace("{family}", Integer.toString(family)));
            }
            for (List<String> family : LINKED_FAMILIES) {
                Files.writeString(
                        folder.resolve("datasets/" + family.get(0) + ".yaml"),
                        LINKED.replace("{id}", family.get(0))
                                .replace("{owner}", family.get(1))
                                .replace("{semantic}", family.get(2)));
            }
            for (String family : PLANTED_FAMILIES) {
                Files.writeString(folder.resolve("datasets/" + family + ".yaml"), PLANTED.replace("{id}", family));
            }
            for (String family : SEALED_FAMILIES) {
                Files.writeString(folder.resolve("datasets/" + family + ".yaml"), sealed(family));
            }
            for (String family : TAGGED_FAMILIES) {
                Files.writeString(
                        folder.resolve("datasets/" + family + ".yaml"),
                        TAGGED.replace("{id}", family)
                                .replace("{side}", family.equals("aud-a") ? "left, right" : "right, left"));
            }
            Path bundle = folder.resolve("bundle.yaml");
            String added = Stream.of(
                            IntStream.rangeClosed(1, FAMILIES).mapToObj(family -> "lab-" + family),
                            LINKED_FAMILIES.stream().map(List::getFirst),
                            PLANTED_FAMILIES.stream(),
                            SEALED_FAMILIES.stream(),
                            TAGGED_FAMILIES.stream())
                    .flatMap(families -> families)
                    .map(id -> ", datasets/" + id + ".yaml")
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
