package io.tamis.server;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Keeps what callers write into an address out of the metrics, which anybody who watches the service reads. The framework
 * labels a request that reached a method by the method's template, and one that did not, such as a DELETE where there is
 * none, by the address as it was sent. An address passes if it is made of the interface's own words; any other becomes
 * {@link #OTHER}, which also bounds the number of labels.
 */
@Singleton
public class RequestLabels implements MeterFilter {
    /** The label of addresses that are not ours. */
    static final String OTHER = "OTHER";

    private static final String ADDRESS = "uri";

    /** The framework's own, for what it could not place. */
    private static final Set<String> PLACEHOLDERS = Set.of("NOT_FOUND", "REDIRECTION", "UNKNOWN", "root");

    /** Every fixed part of an address of the interface; a test compares them with the OpenAPI document. */
    private static final Set<String> WORDS = Set.of(
            "v1",
            "anchors",
            "access-events",
            "approvals",
            "blobs",
            "budgets",
            "cancellation",
            "checkpoint",
            "ciphertexts",
            "closure",
            "collaborations",
            "consistency",
            "datasets",
            "decryption-tickets",
            "disclosure",
            "dry-runs",
            "entries",
            "epochs",
            "erasures",
            "export",
            "holds",
            "inputs",
            "jobs",
            "kek-rotations",
            "key",
            "key-ceremonies",
            "key-epochs",
            "ledger",
            "logs",
            "masks",
            "merchant-key",
            "merchant-keys",
            "messages",
            "openings",
            "order",
            "proof",
            "public-key",
            "refusals",
            "result",
            "retention",
            "retirement",
            "rounds",
            "sealed-results",
            "shares",
            "signatures",
            "tag-rounds",
            "tags",
            "tile",
            "verify",
            "versions",
            "q",
            "health",
            "live",
            "metrics",
            "openapi",
            "ready",
            "started",
            "swagger-ui");

    @Override
    public Meter.Id map(Meter.Id id) {
        String address = id.getTag(ADDRESS);
        if (address == null || ours(address)) {
            return id;
        }
        List<Tag> labels = id.getTags().stream()
                .map(label -> label.getKey().equals(ADDRESS) ? Tag.of(ADDRESS, OTHER) : label)
                .toList();
        return id.replaceTags(labels);
    }

    private static boolean ours(String address) {
        return PLACEHOLDERS.contains(address)
                || Arrays.stream(address.split("/"))
                        .allMatch(part -> part.isEmpty() || variable(part) || WORDS.contains(part));
    }

    private static boolean variable(String part) {
        return part.startsWith("{")
                && part.endsWith("}")
                && part.substring(1, part.length() - 1).chars().allMatch(Character::isLetter);
    }
}
