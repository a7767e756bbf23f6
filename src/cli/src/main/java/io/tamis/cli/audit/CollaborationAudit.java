package io.tamis.cli.audit;

import io.tamis.data.EventId;
import io.tamis.data.JsonFields;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Holds what happens inside a collaboration against the life of its keys. One whose pseudonym keys are all destroyed is
 * over: nothing is attached, reserved or released in it any more. One that was closed has no key left. Who does any of
 * that is a member ({@link MembershipAudit}).
 *
 * <p>An epoch's key is destroyed when the next one is made, in one transaction; in between the log names no use.
 */
final class CollaborationAudit {
    /** Most keys of one entry: more do not fit into an event. */
    private static final int KEYS_MAX = 250;

    private static final int ID_LENGTH = 36;

    /** What the log said of one collaboration. */
    private static final class Life {
        private final Set<UUID> keys = new HashSet<>();
        private boolean hadKey;
        private boolean closed;
        private long closedAt;
        private String closedWhere = "";

        boolean over() {
            return closed || (hadKey && keys.isEmpty());
        }
    }

    private final Findings findings;
    private final MembershipAudit members;
    private final Map<String, Life> lives = new HashMap<>();

    CollaborationAudit(Findings findings) {
        this.findings = findings;
        this.members = new MembershipAudit(findings);
    }

    /** A {@code key.created} entry; most are of the log's own keys. */
    void keyCreated(Seen entry) {
        entry.collaboration().ifPresent(id -> {
            Life life = life(id);
            if (life.closed) {
                ended(entry, "makes a key", id);
            }
            members.acts(entry, "makes a key", id);
            life.keys.addAll(keys(entry));
            life.hadKey = true;
        });
    }

    /** A {@code key.destroyed} entry: a pseudonym key, or the key of link files, whose making is not logged. */
    void keyDestroyed(Seen entry) {
        entry.collaboration().ifPresent(id -> keys(entry).forEach(life(id).keys::remove));
    }

    /** A {@code catalog.changed} entry; most are of dataset versions. */
    void changed(Seen entry) {
        entry.collaboration().ifPresent(id -> {
            Life life = life(id);
            if (entry.says("change", "ATTACHED")) {
                use(entry, "attaches");
            } else if (entry.says("state", "CLOSED") && !life.closed) {
                life.closed = true;
                life.closedAt = entry.order();
                life.closedWhere = entry.where();
            }
            membersChanged(entry, id);
        });
    }

    private void membersChanged(Seen entry, String id) {
        if (entry.says("change", "CREATED")) {
            members.created(entry, id);
        } else if (entry.says("change", "WITHDRAWN")) {
            members.withdrawn(entry, id);
        } else if (entry.says("change", "CLOSED")) {
            members.remains(entry, "closes", id);
        } else if (entry.says("change", "KEY_ROTATED")) {
            members.acts(entry, "rotates the key", id);
        }
    }

    /** An {@code approval.given} entry: a signature, when it is about a collaboration. */
    void approved(Seen entry) {
        entry.collaboration().ifPresent(id -> members.signed(entry, id));
    }

    /** A {@code release.published} entry. */
    void released(Seen entry) {
        use(entry, "releases");
        entry.collaboration().ifPresent(id -> members.released(entry, id));
    }

    /** An entry of something that only a living collaboration has, and only its members do. */
    void use(Seen entry, String what) {
        entry.collaboration().ifPresent(id -> {
            if (life(id).over()) {
                ended(entry, what, id);
            }
            members.acts(entry, what, id);
        });
    }

    /** After the last entry. A log may end between a closure and the destruction written right after it. */
    void end(long last) {
        lives.forEach((id, life) -> {
            if (life.closed && !life.keys.isEmpty() && life.closedAt < last) {
                findings.missing(
                        life.closedWhere,
                        Finding.Kind.COLLABORATION_KEY_KEPT,
                        "closes " + id + ", whose key no entry destroys");
            }
        });
    }

    private void ended(Seen entry, String what, String id) {
        findings.wrong(
                entry.where(), Finding.Kind.COLLABORATION_ENDED, what + " in " + id + ", which had ended before");
    }

    private Life life(String id) {
        return lives.computeIfAbsent(id, _ -> new Life());
    }

    private static List<UUID> keys(Seen entry) {
        return entry.fields()
                .list(
                        "keyIds",
                        KEYS_MAX,
                        key -> EventId.parse(JsonFields.text(key, ID_LENGTH)).value());
    }
}
