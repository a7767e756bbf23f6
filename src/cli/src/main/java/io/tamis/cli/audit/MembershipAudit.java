package io.tamis.cli.audit;

import io.tamis.data.PartyId;
import io.tamis.data.Purpose;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds who acts in a collaboration against who signed it. The terms are those of the entry that created it, and their
 * digest is computed again: whoever changes the service's tables adds no member, no purpose and no signature unseen.
 *
 * <p>NOT promised: that a signature was given by the person it names. That person's token was believed.
 */
final class MembershipAudit {
    /** What the log said of the members of one collaboration. */
    private static final class Circle {
        private Optional<AgreedTerms> terms = Optional.empty();
        private final Set<PartyId> signed = new HashSet<>();
        private final Set<PartyId> withdrawn = new HashSet<>();

        boolean includes(AgreedTerms agreed, PartyId party) {
            return agreed.members().contains(party) && !withdrawn.contains(party);
        }
    }

    private final Findings findings;
    private final Map<String, Circle> circles = new HashMap<>();

    MembershipAudit(Findings findings) {
        this.findings = findings;
    }

    /** A new collaboration. */
    void created(Seen entry, String id) {
        var agreed = AgreedTerms.of(entry, id);
        if (!agreed.hash().equals(entry.hash("agreementHash"))) {
            differ(entry, "names another agreementHash than that of its terms");
        }
        if (!agreed.members().contains(entry.tenant())) {
            stranger(entry, "creates", id);
        }
        Circle circle = circle(id);
        if (circle.terms.isPresent()) {
            differ(entry, "creates " + id + " again");
            return;
        }
        circle.terms = Optional.of(agreed);
    }

    /** A signature; one of other terms, or by somebody else, is none. */
    void signed(Seen entry, String id) {
        known(entry, "signs", id).ifPresent(agreed -> {
            if (!agreed.hash().equals(entry.hash("agreementHash"))) {
                differ(entry, "signs other terms than those of " + id);
            } else if (present(entry, "signs", id, agreed)) {
                circle(id).signed.add(entry.tenant());
            }
        });
    }

    /** Somebody leaves. */
    void withdrawn(Seen entry, String id) {
        remains(entry, "withdraws", id);
        circle(id).withdrawn.add(entry.tenant());
    }

    /** Something that every member may do, before all have signed too. */
    void remains(Seen entry, String what, String id) {
        known(entry, what, id).ifPresent(agreed -> present(entry, what, id, agreed));
    }

    /** Something that takes everybody's signature. */
    void acts(Seen entry, String what, String id) {
        known(entry, what, id)
                .filter(agreed -> present(entry, what, id, agreed))
                .ifPresent(agreed -> agreed(entry, what, id, agreed));
    }

    /** A release is for what was agreed on. */
    void released(Seen entry, String id) {
        Set<Purpose> purposes = new HashSet<>();
        Subject.allOf(entry).forEach(subject -> subject.purpose().ifPresent(purposes::add));
        circle(id)
                .terms
                .filter(agreed -> !agreed.purposes().containsAll(purposes))
                .ifPresent(_ -> differ(entry, "releases for a purpose that is not among the terms of " + id));
    }

    private Optional<AgreedTerms> known(Seen entry, String what, String id) {
        Optional<AgreedTerms> terms = circle(id).terms;
        if (terms.isEmpty()) {
            findings.missing(
                    entry.where(),
                    Finding.Kind.COLLABORATION_UNKNOWN,
                    what + " in " + id + ", which no entry before it creates");
        }
        return terms;
    }

    private boolean present(Seen entry, String what, String id, AgreedTerms agreed) {
        boolean present = circle(id).includes(agreed, entry.tenant());
        if (!present) {
            stranger(entry, what, id);
        }
        return present;
    }

    /** A signature may be among what was erased; a member of the terms may not. */
    private void agreed(Seen entry, String what, String id, AgreedTerms agreed) {
        Set<PartyId> signed = circle(id).signed;
        if (!signed.contains(entry.tenant())) {
            findings.missing(
                    entry.where(),
                    Finding.Kind.COLLABORATION_NOT_MEMBER,
                    what + " in " + id + " for " + entry.tenant() + ", which has not signed it");
        } else if (!signed.containsAll(agreed.members())) {
            findings.missing(
                    entry.where(),
                    Finding.Kind.COLLABORATION_UNSIGNED,
                    what + " in " + id + ", which not all of its members have signed");
        }
    }

    private void stranger(Seen entry, String what, String id) {
        findings.wrong(
                entry.where(),
                Finding.Kind.COLLABORATION_NOT_MEMBER,
                what + " in " + id + " for " + entry.tenant() + ", which is no member of it");
    }

    private void differ(Seen entry, String detail) {
        findings.wrong(entry.where(), Finding.Kind.COLLABORATION_TERMS_DIFFER, detail);
    }

    private Circle circle(String id) {
        return circles.computeIfAbsent(id, _ -> new Circle());
    }
}
