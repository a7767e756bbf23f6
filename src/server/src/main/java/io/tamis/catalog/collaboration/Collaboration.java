package io.tamis.catalog.collaboration;

import io.tamis.data.Code;
import io.tamis.data.CollaborationId;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.LegalRelation;
import io.tamis.data.PartyId;
import io.tamis.data.Purpose;
import io.tamis.policy.Region;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * An agreement of several parties to let jobs run over datasets they attach, and what is attached now.
 *
 * @param region where results may be received
 * @param keyEpoch the epoch in which datasets are attached now; 0 before all members have signed
 * @param agreementHash what the members sign: it covers everything here that never changes
 * @param attachments in no promised order; empty when closed
 */
public record Collaboration(
        CollaborationId id,
        State state,
        List<Member> members,
        LegalRelation legalRelation,
        Set<Purpose> purposes,
        Region region,
        int keyEpoch,
        Hash agreementHash,
        List<Attachment> attachments) {
    /** Fewest parties of an agreement. */
    public static final int MEMBERS_MIN = 2;

    /** Most parties of an agreement. */
    public static final int MEMBERS_MAX = 16;

    /** Most datasets, each version and epoch counted, attached at a time. */
    public static final int ATTACHMENTS_MAX = 64;

    /** How far an agreement has come. */
    public enum State {
        /** Not all members have signed. */
        DRAFT,
        /** All members have signed: datasets can be attached, jobs can run. */
        ACTIVE,
        /** Over, for ever: its keys are destroyed. */
        CLOSED
    }

    public Collaboration {
        Objects.requireNonNull(id);
        Objects.requireNonNull(state);
        Objects.requireNonNull(legalRelation);
        Objects.requireNonNull(region);
        Objects.requireNonNull(agreementHash);
        members = List.copyOf(members);
        purposes = Set.copyOf(purposes);
        attachments = List.copyOf(attachments);
        var parties = new HashSet<PartyId>();
        boolean distinct = members.stream().allMatch(member -> parties.add(member.party()));
        if (!distinct || members.size() < MEMBERS_MIN || members.size() > MEMBERS_MAX || purposes.isEmpty()) {
            throw new CollaborationException(Code.INVALID_REQUEST);
        }
        boolean signed = state == State.DRAFT ? keyEpoch == 0 : keyEpoch > 0 || state == State.CLOSED;
        boolean attachable = state == State.ACTIVE || attachments.isEmpty();
        if (!signed || !attachable || attachments.size() > ATTACHMENTS_MAX) {
            throw new CollaborationException(Code.INTERNAL);
        }
    }

    /** True when this party has signed and not withdrawn. */
    public boolean includes(PartyId party) {
        return member(party).filter(member -> member.signedAt().isPresent()).isPresent();
    }

    /** True when every member has signed and none has withdrawn. */
    boolean signedByAll() {
        return members.stream().allMatch(member -> includes(member.party()));
    }

    /** How many members have not withdrawn. */
    int remaining() {
        return (int) members.stream()
                .filter(member -> member.withdrawnAt().isEmpty())
                .count();
    }

    /** The member, signed or not, that has not withdrawn. */
    public Optional<Member> member(PartyId party) {
        return members.stream()
                .filter(member ->
                        member.party().equals(party) && member.withdrawnAt().isEmpty())
                .findFirst();
    }

    /** This version's attachment; the newest epoch's when it is attached in several. */
    public Optional<Attachment> attachment(DatasetId dataset, int version) {
        return attachments.stream()
                .filter(attached -> attached.dataset().equals(dataset) && attached.version() == version)
                .max(Comparator.comparingInt(Attachment::keyEpoch));
    }
}
