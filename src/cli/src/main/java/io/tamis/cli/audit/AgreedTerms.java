package io.tamis.cli.audit;

import io.tamis.cli.client.Agreement;
import io.tamis.cli.client.JsonView;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.PartyId;
import io.tamis.data.Purpose;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The terms that the entry of a new collaboration tells.
 *
 * @param hash what its members sign, computed from the terms and not taken from the entry
 */
record AgreedTerms(Set<PartyId> members, Set<Purpose> purposes, Hash hash) {
    private static final int MEMBERS_MIN = 2;
    private static final int MEMBERS_MAX = 16;
    private static final int ROLES_MAX = 2;
    private static final int NAME_LENGTH_MAX = 64;
    private static final List<String> TERMS = List.of("members", "legalRelation", "purposes", "region");

    AgreedTerms {
        members = Set.copyOf(members);
        purposes = Set.copyOf(purposes);
    }

    /** Reads an entry that creates this collaboration. */
    static AgreedTerms of(Seen created, String id) {
        var fields = created.fields();
        fields.string("legalRelation", NAME_LENGTH_MAX);
        fields.string("region", NAME_LENGTH_MAX);
        return new AgreedTerms(
                members(fields),
                Set.copyOf(fields.list("purposes", Purpose.values().length, AgreedTerms::purpose)),
                hash(created, id));
    }

    private static Set<PartyId> members(JsonFields fields) {
        List<PartyId> named = fields.list("members", MEMBERS_MAX, AgreedTerms::member);
        var members = new HashSet<>(named);
        if (members.size() != named.size() || members.size() < MEMBERS_MIN) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        return members;
    }

    private static PartyId member(Json json) {
        var fields = new JsonFields(json);
        var party = new PartyId(fields.string("party", NAME_LENGTH_MAX));
        fields.list("roles", ROLES_MAX, role -> JsonFields.text(role, NAME_LENGTH_MAX));
        fields.end();
        return party;
    }

    private static Purpose purpose(Json name) {
        return new JsonFields(Json.object().put("purpose", name).build()).constant("purpose", Purpose.class);
    }

    /** In the entry {@code id} is the entry's own. */
    private static Hash hash(Seen created, String id) {
        var terms = Json.object().put("id", id);
        TERMS.forEach(term -> created.member(term).ifPresent(value -> terms.put(term, value)));
        return new Agreement(JsonView.of(terms.build())).hash();
    }
}
