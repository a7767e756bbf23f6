package io.tamis.catalog.collaboration;

import io.tamis.data.Code;
import io.tamis.data.CollaborationId;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.LegalRelation;
import io.tamis.data.PartyId;
import io.tamis.data.Purpose;
import io.tamis.data.Role;
import io.tamis.policy.Region;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the members agree to. Lists are sorted, so that the same agreement has the same form and digest, in whichever order
 * its members were named.
 *
 * @param members the parties and the roles their people act in
 */
record Terms(SortedMap<PartyId, Set<Role>> members, LegalRelation legalRelation, Set<Purpose> purposes, Region region) {
    private static final byte[] AGREEMENT = "tamis-agreement-v1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int NAME_CHARS_MAX = 64;
    private static final Set<Role> ROLES = Set.copyOf(EnumSet.of(Role.MERCHANT, Role.PLATFORM));

    Terms {
        var copy = new TreeMap<PartyId, Set<Role>>();
        members.forEach((party, roles) -> {
            copy.put(party, Set.copyOf(roles));
            if (roles.isEmpty() || !ROLES.containsAll(roles)) {
                throw new CollaborationException(Code.INVALID_REQUEST);
            }
        });
        members = java.util.Collections.unmodifiableSortedMap(copy);
        purposes = Set.copyOf(purposes);
        if (members.size() < Collaboration.MEMBERS_MIN || purposes.isEmpty()) {
            throw new CollaborationException(Code.INVALID_REQUEST);
        }
        if (members.size() > Collaboration.MEMBERS_MAX) {
            throw new CollaborationException(Code.TOO_LARGE);
        }
    }

    /** Reads the terms as a member proposes them; nobody and nothing may be named twice. */
    static Terms parse(Json body) {
        return read(new JsonFields(body));
    }

    /** Reads the stored form. */
    static Terms parseSigned(String text) {
        var fields = new JsonFields(Json.parse(text));
        fields.string("id", NAME_CHARS_MAX);
        return read(fields);
    }

    /** The form that is signed and stored: RFC 8785 text of this object. */
    Json.Obj toJson(CollaborationId id) {
        return Json.object()
                .put("id", id.value())
                .put(
                        "members",
                        Json.array(members.entrySet().stream()
                                .map(member -> Json.object()
                                        .put("party", member.getKey().value())
                                        .put("roles", tokens(member.getValue()))
                                        .build())
                                .toList()))
                .put("legalRelation", legalRelation.name())
                .put("purposes", names(purposes))
                .put("region", region.name())
                .build();
    }

    /** What members sign: SHA-256 over {@code "tamis-agreement-v1\n"} and the RFC 8785 form of the terms. */
    static Hash agreementHash(Json.Obj terms) {
        return Hash.sha256(AGREEMENT, terms.canonicalBytes());
    }

    static Json.Arr tokens(Set<Role> roles) {
        return Json.strings(roles.stream().map(Role::token).sorted().toList());
    }

    static Json.Arr names(Set<Purpose> purposes) {
        return Json.strings(purposes.stream().map(Purpose::name).sorted().toList());
    }

    private static Terms read(JsonFields fields) {
        var members = new TreeMap<PartyId, Set<Role>>();
        for (var member : fields.list("members", Collaboration.MEMBERS_MAX, Named::read)) {
            if (members.put(member.party(), member.roles()) != null) {
                throw new CollaborationException(Code.INVALID_REQUEST);
            }
        }
        var terms = new Terms(
                members,
                fields.constant("legalRelation", LegalRelation.class),
                distinct(fields.list("purposes", Purpose.values().length, Terms::purpose)),
                fields.constant("region", Region.class));
        fields.end();
        return terms;
    }

    private record Named(PartyId party, Set<Role> roles) {
        static Named read(Json json) {
            var fields = new JsonFields(json);
            var named = new Named(
                    new PartyId(fields.string("party", NAME_CHARS_MAX)),
                    distinct(fields.list("roles", ROLES.size(), Terms::role)));
            fields.end();
            return named;
        }
    }

    private static Role role(Json json) {
        return Role.fromToken(JsonFields.text(json, NAME_CHARS_MAX)).orElseThrow(Terms::invalid);
    }

    private static Purpose purpose(Json json) {
        String name = JsonFields.text(json, NAME_CHARS_MAX);
        return Arrays.stream(Purpose.values())
                .filter(purpose -> purpose.name().equals(name))
                .findFirst()
                .orElseThrow(Terms::invalid);
    }

    private static <T> Set<T> distinct(List<T> items) {
        var set = new HashSet<>(items);
        if (set.size() != items.size()) {
            throw invalid();
        }
        return set;
    }

    private static DataException invalid() {
        return new DataException(Code.INVALID_REQUEST);
    }
}
