package io.tamis.cli.audit;

import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.log.EventType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes what a service writes of an agreement; the first of its members proposes it, the last one's signature makes the key. */
record LogPact(String id, List<String> members, List<String> purposes) {
    static final String KEY_ID = "01900000-0000-7000-8000-000000000001";

    LogPact {
        members = List.copyOf(members);
        purposes = List.copyOf(purposes);
    }

    static LogPact of(String id, List<String> members) {
        return new LogPact(id, members, List.of("AUDIENCE_INSIGHT"));
    }

    /** The digest by the book: docs/api.md, not by the code under test. */
    Hash hash() {
        String terms = terms().put("id", id).build().canonical();
        return Hash.sha256(("tamis-agreement-v1\n" + terms).getBytes(StandardCharsets.UTF_8));
    }

    /** Created, and signed by all; leaves the log's tenant at brand-a. */
    LogBook agreed(LogBook log) {
        created(log);
        members.forEach(member -> signed(log, member));
        return keyed(log, members.getLast()).tenant("brand-a");
    }

    LogBook created(LogBook log) {
        return log.tenant(members.getFirst())
                .add(
                        EventType.CATALOG_CHANGED,
                        terms().put("collaborationId", id)
                                .put("change", "CREATED")
                                .put("state", "DRAFT")
                                .put("agreementHash", hash().hex())
                                .build());
    }

    LogBook signed(LogBook log, String member) {
        return signed(log, member, hash());
    }

    LogBook signed(LogBook log, String member, Hash what) {
        return log.tenant(member)
                .add(
                        EventType.APPROVAL_GIVEN,
                        Json.object()
                                .put("collaborationId", id)
                                .put("legalRelation", "JOINT")
                                .put("agreementHash", what.hex())
                                .put("state", "DRAFT")
                                .build());
    }

    LogBook keyed(LogBook log, String by) {
        return log.tenant(by)
                .add(
                        EventType.KEY_CREATED,
                        Json.object()
                                .put("collaborationId", id)
                                .put("keyIds", Json.strings(List.of(KEY_ID)))
                                .build());
    }

    LogBook changed(LogBook log, String by, String change) {
        return log.tenant(by)
                .add(
                        EventType.CATALOG_CHANGED,
                        Json.object()
                                .put("collaborationId", id)
                                .put("change", change)
                                .put("legalRelation", "JOINT")
                                .put("state", "ACTIVE")
                                .build());
    }

    private Json.Builder terms() {
        return Json.object()
                .put(
                        "members",
                        Json.array(members.stream()
                                .sorted()
                                .map(member -> Json.object()
                                        .put("party", member)
                                        .put("roles", Json.strings(List.of("merchant")))
                                        .build())
                                .toList()))
                .put("legalRelation", "JOINT")
                .put("purposes", Json.strings(purposes.stream().sorted().toList()))
                .put("region", "DOMESTIC");
    }
}
