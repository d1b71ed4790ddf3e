package dev.terminalcloud.systemtests.posapi;

import dev.terminalcloud.systemtests.Shops;
import dev.terminalcloud.systemtests.Transport;
import dev.terminalcloud.virtualdevice.VirtualDeviceBuilder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Where tills stand on the stack of all system tests. */
record RegisterFactory(Shops shops) {
    private static final Pattern DATABASE = Pattern.compile("(postgresql://[^ ,]+), user (\\w+)");

    GatewayClient caller() {
        return new GatewayClient(shops.site().http());
    }

    TestRegister till() throws InterruptedException {
        return till(builder -> builder);
    }

    /** A till whose device is connected, and paired with nothing. */
    TestRegister till(UnaryOperator<VirtualDeviceBuilder> kind) throws InterruptedException {
        return new TestRegister(
                caller(), shops.unpaired(Transport.TCP, kind), UUID.randomUUID().toString());
    }

    /** As the administrator of the database, who may break things. */
    Connection database() throws SQLException {
        MatchResult address = shops.stack()
                .printed(DATABASE)
                .orElseThrow(() -> new IllegalStateException("the stack printed no address of PostgreSQL"));
        Properties user = new Properties();
        user.setProperty("user", address.group(2));
        return DriverManager.getConnection("jdbc:" + address.group(1), user);
    }
}
