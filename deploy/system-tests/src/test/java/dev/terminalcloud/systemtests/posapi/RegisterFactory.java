package dev.terminalcloud.systemtests.posapi;

import dev.terminalcloud.systemtests.Shops;
import dev.terminalcloud.systemtests.Transport;
import dev.terminalcloud.virtualdevice.VirtualDeviceBuilder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Creates registers on the stack of all system tests. */
record RegisterFactory(Shops shops) {
    private static final Pattern DATABASE = Pattern.compile("(postgresql://[^ ,]+), user (\\w+)");

    GatewayClient caller() {
        return new GatewayClient(shops.site().http());
    }

    TestRegister create() throws InterruptedException {
        return create(builder -> builder);
    }

    /** Returns an unpaired register with a connected device. */
    TestRegister create(UnaryOperator<VirtualDeviceBuilder> kind) throws InterruptedException {
        return new TestRegister(
                caller(), shops.unpaired(Transport.TCP, kind), UUID.randomUUID().toString(), new AtomicReference<>());
    }

    /** Connects to the database as its administrator. */
    Connection database() throws SQLException {
        MatchResult address = shops.stack()
                .printed(DATABASE)
                .orElseThrow(() -> new IllegalStateException("The stack printed no address of PostgreSQL"));
        Properties user = new Properties();
        user.setProperty("user", address.group(2));
        return DriverManager.getConnection("jdbc:" + address.group(1), user);
    }
}
