package threadbook.weaving;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/// What a database says to a bit of everything.
final class Sql {
    private static final int ROWS = 3_000;

    private static final List<String> QUESTIONS = List.of(
            "SELECT COUNT(*), SUM(price), MIN(name), MAX(name) FROM item",
            "SELECT kind, COUNT(*) AS n, AVG(price) FROM item GROUP BY kind HAVING COUNT(*) > 10 ORDER BY kind",
            "SELECT s.name, COUNT(i.id) FROM shop s LEFT JOIN item i ON i.shop = s.id GROUP BY s.name ORDER BY 1",
            "SELECT name FROM item WHERE price BETWEEN 10 AND 12 ORDER BY price DESC, name LIMIT 20",
            "SELECT name FROM item WHERE name LIKE 'item-1%9' ORDER BY id LIMIT 10",
            "SELECT id, RANK() OVER (PARTITION BY kind ORDER BY price, id) FROM item WHERE id < 20 ORDER BY id",
            "WITH RECURSIVE f(n, a, b) AS (SELECT 1, 0, 1 UNION ALL SELECT n + 1, b, a + b FROM f WHERE n < 12)"
                    + " SELECT a FROM f",
            "SELECT UPPER(REPLACE('abc', 'b', '-')), POWER(2, 10), MOD(17, 5), CAST('2024-02-29' AS DATE) + 1",
            "SELECT name FROM item WHERE id IN (SELECT MAX(id) FROM item GROUP BY kind) ORDER BY 1",
            "EXPLAIN SELECT name FROM item WHERE price = 5");

    private Sql() {}

    static List<String> answers(Driver driver) throws SQLException {
        var answers = new ArrayList<String>();
        try (Connection connection = driver.connect("jdbc:h2:mem:", new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE shop (id INT PRIMARY KEY, name VARCHAR(20) NOT NULL)");
            statement.execute("CREATE TABLE item (id INT PRIMARY KEY, shop INT REFERENCES shop(id), kind INT,"
                    + " name VARCHAR, price DECIMAL(10, 2), picture VARBINARY)");
            statement.execute("INSERT INTO shop VALUES (1, 'north'), (2, 'south'), (3, 'empty')");
            insert(connection);
            statement.execute("CREATE INDEX by_price ON item(price)");
            for (String question : QUESTIONS) {
                ask(statement, question, answers);
            }
            answers.add("updated " + statement.executeUpdate("UPDATE item SET price = price * 2 WHERE kind = 3"));
            transactions(connection, statement, answers);
            answers.add("deleted " + statement.executeUpdate("DELETE FROM item WHERE id >= 2000"));
            ask(statement, "SELECT COUNT(*), SUM(price) FROM item", answers);
            refused(statement, "INSERT INTO item(id, shop) VALUES (1, 1)", answers);
            refused(statement, "INSERT INTO item(id, shop) VALUES (9999, 77)", answers);
            refused(statement, "SELECT nothing FROM nowhere", answers);
            refused(statement, "SELECT 1 / (id - id) FROM item", answers);
        }
        return answers;
    }

    private static void insert(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO item VALUES (?, ?, ?, ?, ?, ?)")) {
            for (int i = 0; i < ROWS; i++) {
                insert.setInt(1, i);
                insert.setInt(2, 1 + i % 2);
                insert.setInt(3, i % 7);
                insert.setString(4, "item-" + i);
                insert.setBigDecimal(5, java.math.BigDecimal.valueOf(i * 37L % 5000, 2));
                insert.setBytes(6, new byte[] {(byte) i, (byte) (i >> 8)});
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void transactions(Connection connection, Statement statement, List<String> answers)
            throws SQLException {
        connection.setAutoCommit(false);
        statement.executeUpdate("UPDATE shop SET name = 'one' WHERE id = 1");
        Savepoint point = connection.setSavepoint("point");
        statement.executeUpdate("UPDATE shop SET name = 'two' WHERE id = 2");
        connection.rollback(point);
        ask(statement, "SELECT * FROM shop ORDER BY id", answers);
        connection.rollback();
        ask(statement, "SELECT * FROM shop ORDER BY id", answers);
        statement.executeUpdate("DELETE FROM shop WHERE id = 3");
        connection.commit();
        connection.setAutoCommit(true);
        ask(statement, "SELECT * FROM shop ORDER BY id", answers);
    }

    private static void ask(Statement statement, String question, List<String> answers) throws SQLException {
        try (ResultSet rows = statement.executeQuery(question)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                var row = new ArrayList<String>();
                for (int i = 1; i <= columns; i++) {
                    row.add(rows.getMetaData().getColumnLabel(i) + "=" + rows.getString(i));
                }
                answers.add(String.join(" ", row));
            }
        }
    }

    private static void refused(Statement statement, String question, List<String> answers) {
        try {
            statement.execute(question);
            answers.add("not refused: " + question);
        } catch (SQLException e) {
            answers.add(e.getSQLState() + " " + e.getMessage());
        }
    }
}
