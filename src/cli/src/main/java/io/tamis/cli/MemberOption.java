package io.tamis.cli;

import io.tamis.cli.client.ClientException;
import io.tamis.data.DataException;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import java.util.Arrays;

/** A member as the command line names it: {@code shop:platform}, {@code brand-a:merchant+platform}. */
final class MemberOption {
    private MemberOption() {}

    /** The member as the service wants it. */
    static Json.Obj parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 2) {
            throw malformed();
        }
        try {
            var roles = Arrays.stream(parts[1].split("\\+", -1))
                    .map(role -> Role.fromToken(role)
                            .filter(known -> known == Role.MERCHANT || known == Role.PLATFORM)
                            .orElseThrow(MemberOption::malformed))
                    .distinct()
                    .map(Role::token)
                    .toList();
            return Json.object()
                    .put("party", new PartyId(parts[0]).value())
                    .put("roles", Json.strings(roles))
                    .build();
        } catch (DataException notOne) {
            throw malformed();
        }
    }

    private static ClientException malformed() {
        return ClientException.usage(
                "--member is a party and its roles, platform or merchant: shop:platform, brand-a:merchant+platform");
    }
}
