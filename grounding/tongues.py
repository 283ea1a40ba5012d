"""The most common words of interfaces in other languages, by what an English-speaking person would call them.

Only what stands on a control as its whole name, and only words that mean this one thing there. None of them is looked
for while anything on the screen is called so in English.
"""

# ruff: noqa: E501 - a word of all languages is one line
from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from grounding.scoring import bare, canonical, tokens

LANGUAGES = ("German", "French", "Spanish", "Portuguese", "Italian", "Dutch", "Polish", "Japanese", "Chinese")

_WORDS = """
save: speichern/sichern | enregistrer/sauvegarder | guardar | salvar/guardar | salva | opslaan | zapisz | 保存 | 保存
save changes: änderungen speichern | enregistrer les modifications | guardar cambios | salvar alterações | salva modifiche | wijzigingen opslaan | zapisz zmiany | 変更を保存 | 保存更改
cancel: abbrechen | annuler | cancelar | cancelar | annulla | annuleren | anuluj | キャンセル | 取消
delete: löschen/entfernen | supprimer/effacer | eliminar/borrar | excluir/eliminar/apagar | elimina/rimuovi | verwijderen | usuń | 削除 | 删除/刪除
edit: bearbeiten | modifier/éditer | editar/modificar | editar | modifica | bewerken | edytuj | 編集 | 编辑/編輯
add: hinzufügen | ajouter | añadir/agregar | adicionar | aggiungi | toevoegen | dodaj | 追加 | 添加/新增
create: erstellen/anlegen | créer | crear | criar | crea | aanmaken/maken | utwórz | 作成 | 创建/建立
new: neu | nouveau | nuevo | novo | nuovo | nieuw | nowy | 新規 | 新建
search: suchen/suche | rechercher/recherche | buscar/búsqueda | pesquisar/buscar/procurar | cerca/ricerca | zoeken | szukaj/wyszukaj | 検索 | 搜索/搜尋/查询
close: schließen | fermer | cerrar | fechar | chiudi | sluiten | zamknij | 閉じる | 关闭/關閉
open: öffnen | ouvrir | abrir | abrir | apri | openen | otwórz | 開く | 打开/打開
back: zurück | retour | atrás/volver | voltar | indietro | terug | wstecz/wróć | 戻る | 返回
next: weiter/nächste | suivant | siguiente | próximo/seguinte/avançar | avanti/successivo | volgende | dalej/następny | 次へ | 下一步/下一页
continue: weiter/fortfahren | continuer | continuar | continuar | continua | doorgaan | kontynuuj | 続ける/続行 | 继续/繼續
previous: vorherige | précédent | anterior | anterior | precedente | vorige | poprzedni | 前へ | 上一步/上一页
log in: anmelden/einloggen | se connecter/connexion | iniciar sesión/entrar | entrar/iniciar sessão | accedi | inloggen | zaloguj się/zaloguj | ログイン | 登录/登入
log out: abmelden/ausloggen | se déconnecter/déconnexion | cerrar sesión | sair/terminar sessão | esci/disconnetti | uitloggen | wyloguj się/wyloguj | ログアウト | 退出登录/登出/注销
sign up: registrieren | s'inscrire | registrarse/regístrate | cadastrar-se/registar-se | registrati/iscriviti | registreren | zarejestruj się | 新規登録 | 注册/註冊
send: senden/absenden | envoyer | enviar | enviar | invia | verzenden/versturen | wyślij | 送信 | 发送/發送
confirm: bestätigen | confirmer | confirmar | confirmar | conferma | bevestigen | potwierdź | 確認 | 确认/確認
apply: anwenden/übernehmen | appliquer | aplicar | aplicar | applica | toepassen | zastosuj | 適用 | 应用/套用
yes: ja | oui | sí | sim | sì | ja | tak | はい | 是
no: nein | non | no | não | no | nee | nie | いいえ | 否
settings: einstellungen | paramètres/réglages | ajustes/configuración | configurações/definições | impostazioni | instellingen | ustawienia | 設定 | 设置/設定
help: hilfe | aide | ayuda | ajuda | aiuto | help | pomoc | ヘルプ | 帮助/說明
home: startseite | accueil | inicio | início | home | startpagina | strona główna | ホーム | 首页/首頁
download: herunterladen | télécharger | descargar | baixar/transferir | scarica | downloaden | pobierz | ダウンロード | 下载/下載
upload: hochladen | téléverser/importer | subir/cargar | carregar/enviar arquivo | carica | uploaden | prześlij | アップロード | 上传/上傳
print: drucken | imprimer | imprimir | imprimir | stampa | afdrukken | drukuj | 印刷 | 打印/列印
copy: kopieren | copier | copiar | copiar | copia | kopiëren | kopiuj | コピー | 复制/複製
reset: zurücksetzen | réinitialiser | restablecer | redefinir/repor | reimposta/ripristina | opnieuw instellen | resetuj/zresetuj | リセット | 重置
refresh: aktualisieren | actualiser | actualizar | atualizar | aggiorna | vernieuwen | odśwież | 更新 | 刷新
name: name | nom | nombre | nome | nome | naam | nazwa | 名前/氏名 | 姓名/名称
first name: vorname | prénom | nombre | primeiro nome | nome | voornaam | imię | 名 | 名字
last name: nachname/familienname | nom de famille | apellido/apellidos | sobrenome/apelido | cognome | achternaam | nazwisko | 姓 | 姓氏
email: e-mail-adresse/e-mail/mail | adresse e-mail/courriel/adresse électronique | correo electrónico/correo | endereço de e-mail | indirizzo e-mail/indirizzo email | e-mailadres | adres e-mail | メールアドレス/メール | 电子邮件/邮箱/電子郵件
password: passwort/kennwort | mot de passe | contraseña | senha/palavra-passe | password | wachtwoord | hasło | パスワード | 密码/密碼
username: benutzername | nom d'utilisateur/identifiant | nombre de usuario/usuario | nome de usuário/nome de utilizador | nome utente | gebruikersnaam | nazwa użytkownika | ユーザー名 | 用户名/使用者名稱
phone: telefon/telefonnummer | téléphone | teléfono | telefone | telefono | telefoon/telefoonnummer | telefon/numer telefonu | 電話番号/電話 | 电话/电话号码/電話
street: straße | rue | calle | rua | via | straat | ulica | 番地 | 街道
city: stadt/ort | ville | ciudad | cidade | città | plaats/stad | miasto | 市区町村 | 城市
zip: postleitzahl/plz | code postal | código postal | cep/código postal | cap/codice postale | postcode | kod pocztowy | 郵便番号 | 邮政编码/邮编/郵遞區號
country: land | pays | país | país | paese | land | kraj | 国 | 国家/國家
address: adresse/anschrift | adresse | dirección | endereço/morada | indirizzo | adres | adres | 住所 | 地址
date: datum | date | fecha | data | data | datum | data | 日付 | 日期
quantity: menge/anzahl | quantité | cantidad | quantidade | quantità | aantal | ilość | 数量 | 数量/數量
price: preis | prix | precio | preço | prezzo | prijs | cena | 価格 | 价格/價格
orders: bestellungen | commandes | pedidos | pedidos/encomendas | ordini | bestellingen | zamówienia | 注文 | 订单/訂單
customers: kunden | clients | clientes | clientes | clienti | klanten | klienci | 顧客 | 客户/客戶
users: benutzer | utilisateurs | usuarios | usuários/utilizadores | utenti | gebruikers | użytkownicy | ユーザー | 用户/使用者
"""


def _table() -> dict[str, tuple[tuple[str, str], ...]]:
    table: dict[str, tuple[tuple[str, str], ...]] = {}
    for line in _WORDS.strip().splitlines():
        word, forms = line.split(": ", 1)
        said = zip(LANGUAGES, forms.split("|"), strict=True)
        found = ((form, language) for language, each in said for form in each.strip().split("/") if form != word)
        table[word] = tuple({form: (form, language) for form, language in found}.values())
    return table


TONGUES: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(_table())
"""What an English word is called elsewhere, with the language."""


def elsewhere(wanted: str) -> tuple[tuple[str, str], ...]:
    """The wanted words in other languages, each with the name of the language; none for words that are not known."""
    return TONGUES.get(" ".join(canonical(tokens(bare(wanted)))), ())
