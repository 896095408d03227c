\set id random(1, 100000)
SELECT id, owner, name, at FROM bench WHERE id = :id;
