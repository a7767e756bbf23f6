package io.tamis.data;

import java.util.Arrays;
import java.util.Optional;

/** What the holder of a token may do. It comes from the token, never from a request body. */
public enum Role {
    MERCHANT("merchant", PolicyRole.MERCHANT),
    PLATFORM("platform", PolicyRole.PLATFORM_ANALYST),
    KEY_HOLDER("key-holder", PolicyRole.KEY_HOLDER),
    POLICY_AUTHOR("policy-author", PolicyRole.POLICY_AUTHOR),
    COMPLIANCE_OFFICER("compliance-officer", PolicyRole.COMPLIANCE_OFFICER),
    COMMITTEE_MEMBER("committee-member", null),
    DATA_SUBJECT("data-subject", PolicyRole.DATA_SUBJECT),
    OPERATOR("operator", null);

    private final String token;
    private final PolicyRole policyRole;

    Role(String token, PolicyRole policyRole) {
        this.token = token;
        this.policyRole = policyRole;
    }

    /** The name as written in tokens and on the command line. */
    public String token() {
        return token;
    }

    /** The role the access rules see; empty for a role that holds no data right at all. */
    public Optional<PolicyRole> policyRole() {
        return Optional.ofNullable(policyRole);
    }

    /** The role with this token name; empty when there is none, which a caller must treat as a refusal. */
    public static Optional<Role> fromToken(String token) {
        return Arrays.stream(values()).filter(role -> role.token.equals(token)).findFirst();
    }
}
