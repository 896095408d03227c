\set id random(1000000, 9223372036854775807)
INSERT INTO bench (id, owner, name, at)
VALUES (:id, '01890000-0000-7000-8000-000000000000', 'a name of some length', now());
