package io.tamis.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The table of docs/errors.md, written down again: a status that changes is a change of the interface. */
class CodeTest {
    private static final Map<Integer, Set<String>> BY_STATUS = Map.ofEntries(
            Map.entry(400, Set.of("INVALID_REQUEST", "UNKNOWN_FIELD", "TOO_LARGE", "DIGEST_MISMATCH")),
            Map.entry(401, Set.of("UNAUTHENTICATED")),
            Map.entry(403, Set.of("ROLE_REQUIRED", "NOT_MEMBER", "SELF_APPROVAL", "SAME_DEPARTMENT")),
            Map.entry(404, Set.of("NOT_FOUND")),
            Map.entry(405, Set.of("METHOD_NOT_ALLOWED")),
            Map.entry(406, Set.of("NOT_ACCEPTABLE")),
            Map.entry(
                    409,
                    Set.of(
                            "JOB_REQUEST_REUSED",
                            "STATE_CONFLICT",
                            "SUBJECT_CHANGED",
                            "TICKET_ALREADY_OPENED",
                            "KEY_EPOCH_MISSING",
                            "SLOT_REFUSED",
                            "RETENTION_DUTY",
                            "LEGAL_HOLD",
                            "VERSION_EXISTS")),
            Map.entry(410, Set.of("RESULT_EXPIRED")),
            Map.entry(412, Set.of("VERSION_MISMATCH")),
            Map.entry(415, Set.of("UNSUPPORTED_MEDIA_TYPE")),
            Map.entry(
                    422,
                    Set.of(
                            "BAD_ROW",
                            "CIPHERTEXT_REJECTED",
                            "SQL_NOT_UNDERSTOOD",
                            "LABEL_L5_USE",
                            "LABEL_GROUP_KEY",
                            "NO_PRIVACY_UNIT",
                            "JOIN_NOT_ON_UNIT",
                            "OP_NOT_ALLOWED",
                            "AGG_NOT_ALLOWED",
                            "NO_BOUNDS",
                            "MAY_FAIL_AT_RUNTIME",
                            "TAGS_MISSING",
                            "COMMON_CONTROL",
                            "RESULT_KEY_UNKNOWN",
                            "NEEDS_PUBLIC_GROUPS",
                            "PLAN_TOO_LARGE",
                            "POLICY_DENIED",
                            "PURPOSE_NOT_CONSENTED",
                            "PIA_MISSING",
                            "CROSS_BORDER",
                            "LIST_TOO_SMALL",
                            "LIST_DELTA_TOO_SMALL",
                            "SEED_TOO_SMALL",
                            "BUDGET_EXHAUSTED",
                            "BELOW_UTILITY_FLOOR")),
            Map.entry(429, Set.of("RATE_LIMITED")),
            Map.entry(500, Set.of("INTERNAL")),
            Map.entry(503, Set.of("LEDGER_UNAVAILABLE", "NOT_READY", "WITNESS_UNAVAILABLE")),
            Map.entry(
                    200,
                    Set.of(
                            "JOB_FAILED",
                            "TIMED_OUT",
                            "APPROVAL_REJECTED",
                            "APPROVAL_EXPIRED",
                            "CANCELLED",
                            "HOLDER_REFUSED",
                            "RELEASE_DENIED")));

    @Test
    void status_ofEveryCode_isTheDocumentedOne() {
        var found = new TreeMap<Integer, Set<String>>();
        for (var code : Code.values()) {
            if (code.status() != 0) {
                found.computeIfAbsent(code.status(), status -> new HashSet<>()).add(code.name());
            }
        }
        assertEquals(new TreeMap<>(BY_STATUS), found);
    }

    /** Start-up codes are printed and never sent. */
    @Test
    void status_ofStartUpCodes_isNone() {
        assertTrue(EnumSet.allOf(Code.class).stream()
                .filter(code -> code.status() == 0)
                .map(Code::name)
                .toList()
                .containsAll(Set.of(
                        "DATA_DIR_IN_USE",
                        "PORT_IN_USE",
                        "DATABASE_MISSING",
                        "DATABASE_FORGETFUL",
                        "POLICY_MISSING",
                        "KEYS_MISSING",
                        "ISSUER_MISSING",
                        "DEMO_KEY_REFUSED")));
    }
}
