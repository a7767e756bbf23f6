package io.tamis.cli.client;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a party signs: the terms that a collaboration shows, and their digest, computed here from what is shown. Whoever
 * signs so has seen what they sign, whatever digest the service says.
 */
public record Agreement(JsonView shown) {
    private static final byte[] DOMAIN = "tamis-agreement-v1\n".getBytes(StandardCharsets.US_ASCII);

    public Agreement {
        Objects.requireNonNull(shown);
    }

    /** SHA-256 over the domain and the RFC 8785 text of the terms, lists sorted (docs/api.md). */
    public Hash hash() {
        return Hash.sha256(DOMAIN, terms().canonicalBytes());
    }

    /** The digest, once the service is found to mean the same one; else nothing is signed. */
    public Hash agreed() {
        Hash own = hash();
        if (!own.equals(claimed())) {
            throw new ClientException(
                    Code.SUBJECT_CHANGED,
                    ExitCode.NO,
                    "the service's agreementHash is not that of the terms it shows; nothing was signed");
        }
        return own;
    }

    private Hash claimed() {
        try {
            return Hash.parse(shown.at("agreementHash").text());
        } catch (DataException malformed) {
            throw new ClientException(
                    malformed.code(), ExitCode.INTERNAL, "the service showed no agreementHash", malformed);
        }
    }

    private Json.Obj terms() {
        var members = shown.at("members").items().stream()
                .sorted(Comparator.comparing(member -> member.at("party").text()))
                .map(member -> Json.object()
                        .put("party", member.at("party").text())
                        .put("roles", sorted(member.at("roles")))
                        .build())
                .toList();
        return Json.object()
                .put("id", shown.at("id").text())
                .put("members", Json.array(members))
                .put("legalRelation", shown.at("legalRelation").text())
                .put("purposes", sorted(shown.at("purposes")))
                .put("region", shown.at("region").text())
                .build();
    }

    private static Json.Arr sorted(JsonView words) {
        return Json.strings(words.items().stream().map(JsonView::text).sorted().toList());
    }

    /** The terms for people, a line each. */
    public List<String> lines() {
        var members = shown.at("members").items().stream()
                .map(member -> "  %s as %s".formatted(member.at("party").text(), joined(member.at("roles"))));
        return Stream.concat(
                        Stream.concat(Stream.of("agreement of " + shown.at("id").text()), members),
                        Stream.of(
                                "  legal relation " + shown.at("legalRelation").text(),
                                "  purposes " + joined(shown.at("purposes")),
                                "  receivers of results " + shown.at("region").text(),
                                "  agreementHash " + hash()))
                .toList();
    }

    private static String joined(JsonView words) {
        return String.join(", ", words.items().stream().map(JsonView::text).toList());
    }
}
